package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.cluster.SameNodeWorker;
import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.Submissions;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.job.JobCounters;
import io.burnish.job.Jobs;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.stored.Job;
import io.burnish.job.usage.ModelUsage;
import io.burnish.ledger.Ledger;
import io.burnish.ledger.LedgerEntry;
import io.burnish.queue.claim.LookAhead;
import io.burnish.queue.claim.LowWaterMarks;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue by itself: no worker of the application is at work. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ItemQueueTest {

  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");
  private static final Claimant OTHER = new Claimant(UUID.randomUUID(), "simulated");

  @Inject ItemQueue queue;
  @Inject ItemStates states;
  @Inject LowWaterMarks marks;
  @Inject WorkerRegistry registry;
  @Inject Ledger ledger;
  @Inject Jobs jobs;
  @Inject JobCounters counters;
  @Inject Sql sql;
  @Inject DataSource dataSource;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    Statements.empty(sql, "job, worker, provider_call");
    registry.heartbeat(new WorkerProcess(WORKER.worker(), "here", 1));
    registry.heartbeat(new WorkerProcess(OTHER.worker(), "there", 2));
  }

  @Test
  void claim_skips_items_claimed_by_another_worker() {
    Job job = submit(5);

    List<ClaimedItem> mine = queue.claim(WORKER, 3, Long.MAX_VALUE);
    List<ClaimedItem> others = queue.claim(OTHER, 10, Long.MAX_VALUE);

    assertThat(mine).extracting(ClaimedItem::seq).containsExactly(0, 1, 2);
    assertThat(others).extracting(ClaimedItem::seq).containsExactly(3, 4);
    assertThat(states.count(job.id()).running()).isEqualTo(5);
    assertThat(counters.<Integer>snapshot(job.id(), (items, usage) -> items.running()))
        .isEqualTo(5);
  }

  @Test
  void what_is_read_after_counting_is_of_the_same_snapshot() {
    String transaction =
        counters.snapshot(
            UUID.randomUUID(),
            (items, usage) ->
                Statements.one(
                    sql,
                    "SELECT current_setting('transaction_isolation') || ' ' || current_setting('transaction_read_only')"));

    assertThat(transaction).isEqualTo("repeatable read on");
  }

  @Test
  void a_look_ahead_goes_on_where_the_last_one_ended_and_begins_anew_after_the_end() {
    submit(5);
    queue.claim(OTHER, 1, Long.MAX_VALUE);

    LookAhead first = queue.lookAhead(WORKER, Map.of(), 2, Long.MAX_VALUE);
    LookAhead second = queue.lookAhead(WORKER, first.next(), 2, Long.MAX_VALUE);
    LookAhead third = queue.lookAhead(WORKER, second.next(), 2, Long.MAX_VALUE);

    assertThat(first.items()).extracting(ClaimedItem::seq).containsExactly(1, 2, 3);
    assertThat(second.items()).extracting(ClaimedItem::seq).containsExactly(4);
    assertThat(third.items()).isEmpty();
    assertThat(third.next()).isEmpty();
  }

  @Test
  void a_look_ahead_sees_some_of_each_job_however_many_the_first_has() {
    submit(500);
    Job small = submit(2);

    LookAhead seen = queue.lookAhead(WORKER, Map.of(), 100, Long.MAX_VALUE);

    assertThat(seen.items()).hasSizeLessThan(110);
    assertThat(seen.items().stream().filter(item -> item.jobId().equals(small.id()))).hasSize(2);
  }

  @Test
  void what_was_seen_is_claimed_only_if_it_is_still_as_it_was() {
    Job job = submit(4);
    List<ClaimedItem> seen = queue.lookAhead(WORKER, Map.of(), 10, Long.MAX_VALUE).items();
    List<ClaimedItem> taken = queue.claim(OTHER, 2, Long.MAX_VALUE);
    queue.release(taken.subList(0, 1));

    List<ClaimedItem> claimed = queue.claim(WORKER, seen);

    assertThat(claimed).containsExactlyElementsOf(seen.subList(2, 4));
    assertThat(states.count(job.id()).running()).isEqualTo(3);
    assertThat(queue.claim(OTHER, seen)).isEmpty();
    assertThat(queue.complete(claimed.stream().map(ItemQueueTest::enhanced).toList()).applied())
        .hasSize(2);
  }

  @Test
  void claims_at_the_same_time_never_share_an_item() throws Exception {
    submit(200);
    ExecutorService workers = Executors.newFixedThreadPool(8);
    List<Future<List<ClaimedItem>>> claims = new ArrayList<>();

    for (int i = 0; i < 40; i++) {
      Callable<List<ClaimedItem>> claim = () -> queue.claim(WORKER, 7, Long.MAX_VALUE);
      claims.add(workers.submit(claim));
    }

    List<Long> ids = new ArrayList<>();
    for (Future<List<ClaimedItem>> claim : claims) {
      claim.get().forEach(item -> ids.add(item.id()));
    }
    workers.shutdown();
    assertThat(ids).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void every_claim_has_a_higher_fence_and_an_outcome_under_an_old_one_is_dropped() {
    Job job = submit(1);
    ClaimedItem first = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    queue.release(List.of(first));
    ClaimedItem second = queue.claim(OTHER, 1, Long.MAX_VALUE).get(0);

    var stale = queue.complete(List.of(enhanced(first)));
    var good = queue.complete(List.of(enhanced(second)));

    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(stale.applied()).isEmpty();
    assertThat(good.applied()).containsExactly(second.id());
    assertThat(jobs.find(job.id()).orElseThrow().counts().succeeded()).isEqualTo(1);
  }

  @Test
  void an_outcome_applied_twice_counts_once() {
    Job job = submit(2);
    List<ClaimedItem> claims = queue.claim(WORKER, 2, Long.MAX_VALUE);

    var once = queue.complete(List.of(enhanced(claims.get(0))));
    var twice = queue.complete(List.of(enhanced(claims.get(0))));

    assertThat(once.applied()).hasSize(1);
    assertThat(twice.applied()).isEmpty();
    assertThat(jobs.find(job.id()).orElseThrow().counts().succeeded()).isEqualTo(1);
  }

  @Test
  void the_last_outcome_ends_the_job_and_only_that_one() {
    Job job = submit(3);
    List<ClaimedItem> claims = queue.claim(WORKER, 3, Long.MAX_VALUE);

    var first = queue.complete(List.of(enhanced(claims.get(0)), failed(claims.get(1))));
    var last = queue.complete(List.of(enhanced(claims.get(2))));
    var late = queue.complete(List.of(enhanced(claims.get(2))));

    assertThat(first.jobs().get(job.id()).finished()).isFalse();
    assertThat(last.jobs().get(job.id()).finished()).isTrue();
    assertThat(late.jobs()).isEmpty();
    assertThat(jobs.find(job.id()).orElseThrow().outcome()).contains(JobOutcome.PARTIAL);
    assertThat(jobs.find(job.id()).orElseThrow().finishedAt()).isPresent();
  }

  @Test
  void a_job_of_failures_alone_has_failed() {
    Job job = submit(1);

    queue.complete(List.of(failed(queue.claim(WORKER, 1, Long.MAX_VALUE).get(0))));

    assertThat(jobs.find(job.id()).orElseThrow().outcome()).contains(JobOutcome.FAILED);
    assertThat(
            Statements.one(
                sql,
                "SELECT errors[1] || ' / ' || errors[2] FROM item_failure f JOIN item i ON i.id = f.item_id"
                    + " WHERE i.job_id = '%s'".formatted(job.id())))
        .isEqualTo("why, \"so\" / {and} more\\");
  }

  @Test
  void a_parked_item_is_claimed_again_once_its_time_has_come_with_what_was_wrong() {
    submit(1);
    ClaimedItem item = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    LedgerEntry call = answered(item);
    ledger.record(List.of(call));

    queue.complete(
        List.of(
            new Outcome(
                item,
                new Parked(WaitReason.REASK, Duration.ZERO),
                Optional.of(
                    new Judged(
                        call.id(), "m", false, List.of("price is text"), "{\"price\":\"20\"}")))));

    assertThat(queue.claim(WORKER, 1, Long.MAX_VALUE)).isEmpty();
    assertThat(queue.promoteDue()).isEqualTo(1);
    ClaimedItem again = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.problems()).containsExactly("price is text");
    assertThat(again.history())
        .singleElement()
        .satisfies(
            past -> {
              assertThat(past.model()).isEqualTo("m");
              assertThat(past.refused()).isTrue();
              assertThat(past.outcome()).isEqualTo("answered");
              assertThat(past.records()).isEqualTo(1);
              assertThat(past.answer()).isEqualTo("{\"price\":\"20\"}");
              assertThat(past.errors()).containsExactly("price is text");
            });
  }

  @Test
  void a_postponed_item_keeps_its_answer_and_attempts_and_counts_the_error() {
    submit(1);
    ClaimedItem item = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    LedgerEntry call = answered(item);
    ledger.record(List.of(call));

    queue.postpone(List.of(item), Duration.ZERO, true, 8);

    assertThat(queue.promoteDue()).isEqualTo(1);
    ClaimedItem again = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    assertThat(again.attempt()).isZero();
    assertThat(again.internalErrors()).isEqualTo(1);
    assertThat(again.maxPack()).isEqualTo(8);
    assertThat(again.stored()).isNotNull();
    assertThat(again.stored().callId()).isEqualTo(call.id());
  }

  @Test
  void a_claim_under_an_old_fence_is_not_postponed() {
    submit(1);
    ClaimedItem old = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    queue.release(List.of(old));
    ClaimedItem current = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);

    queue.postpone(List.of(old), Duration.ZERO, true, ClaimedItem.UNBOUNDED);

    assertThat(queue.promoteDue()).isZero();
    assertThat(current.fence()).isGreaterThan(old.fence());
  }

  @Test
  void the_bound_of_a_pack_only_ever_falls() {
    submit(1);
    for (int bound : new int[] {8, 4, ClaimedItem.UNBOUNDED, 16}) {
      ClaimedItem item = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
      queue.complete(
          List.of(Outcome.withoutCall(item, new Parked(WaitReason.REASK, Duration.ZERO, bound))));
      assertThat(queue.promoteDue()).isEqualTo(1);
    }

    assertThat(queue.claim(WORKER, 1, Long.MAX_VALUE).get(0).maxPack()).isEqualTo(4);
  }

  @Test
  void a_wait_that_is_not_over_keeps_the_item_and_says_until_when() {
    Job job = submit(1);

    queue.complete(
        List.of(
            Outcome.withoutCall(
                queue.claim(WORKER, 1, Long.MAX_VALUE).get(0),
                new Parked(WaitReason.QUOTA, Duration.ofHours(1)))));

    assertThat(queue.promoteDue()).isZero();
    assertThat(queue.claim(WORKER, 1, Long.MAX_VALUE)).isEmpty();
    assertThat(states.nextWait(job.id()).orElseThrow().reason()).isEqualTo("quota");
  }

  @Test
  void what_a_call_cost_is_counted_once_where_it_is_kept_and_so_is_each_models_share() {
    Job job = submit(1);
    ClaimedItem item = queue.claim(WORKER, 1, Long.MAX_VALUE).get(0);
    LedgerEntry unanswered =
        new LedgerEntry(
            UUID.randomUUID(), List.of(item), "gone", "gone", 404, 0, 0, 0, 7, null, "no", null);
    LedgerEntry call = answered(item);
    ledger.record(List.of(unanswered, call));
    ledger.record(List.of(call));

    queue.complete(
        List.of(
            new Outcome(
                item,
                new Enhanced("{}", "m", false),
                Optional.of(new Judged(call.id(), "m", true, List.of(), null)))));

    assertThat(counters.<List<ModelUsage>>snapshot(job.id(), (items, usage) -> usage))
        .containsExactlyInAnyOrder(
            new ModelUsage("gone", 1, 0, 0, 0, 0, 0), new ModelUsage("m", 1, 1, 0, 10, 5, 2));
  }

  @Test
  void of_equal_contents_one_flies_and_the_other_is_woken_when_it_has_landed() {
    Fingerprint same = fingerprint();
    submit(List.of(same, same));
    List<ClaimedItem> claims = queue.claim(WORKER, 2, Long.MAX_VALUE);
    List<ClaimedItem> flying = queue.acquireSingleFlight(claims);

    ClaimedItem follower =
        claims.stream().filter(c -> !flying.contains(c)).findFirst().orElseThrow();
    Outcome waits =
        Outcome.withoutCall(
            follower, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, Duration.ofHours(1)));
    queue.complete(List.of(waits));
    assertThat(queue.claim(OTHER, 5, Long.MAX_VALUE)).isEmpty();
    queue.complete(List.of(enhanced(flying.get(0))));

    assertThat(flying).hasSize(1);
    assertThat(queue.claim(OTHER, 5, Long.MAX_VALUE))
        .extracting(ClaimedItem::id)
        .containsExactly(follower.id());
  }

  @Test
  void one_that_follows_a_flight_that_has_landed_meanwhile_does_not_wait() {
    Fingerprint same = fingerprint();
    submit(List.of(same, same));
    List<ClaimedItem> claims = queue.claim(WORKER, 2, Long.MAX_VALUE);
    List<ClaimedItem> flying = queue.acquireSingleFlight(claims);
    ClaimedItem follower =
        claims.stream().filter(c -> !flying.contains(c)).findFirst().orElseThrow();

    queue.complete(List.of(enhanced(flying.get(0))));
    queue.complete(
        List.of(
            Outcome.withoutCall(
                follower, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, Duration.ofHours(1)))));

    assertThat(queue.promoteDue()).isEqualTo(1);
  }

  @Test
  void a_claim_that_was_taken_away_does_not_take_off() {
    Fingerprint same = fingerprint();
    submit(List.of(same));
    List<ClaimedItem> stale = queue.claim(OTHER, 1, Long.MAX_VALUE);
    registry.rescue(WORKER.worker(), List.of(OTHER.worker()), Duration.ofHours(1));
    List<ClaimedItem> claims = queue.claim(WORKER, 1, Long.MAX_VALUE);
    queue.complete(List.of(enhanced(queue.acquireSingleFlight(claims).get(0))));

    assertThat(queue.acquireSingleFlight(stale)).isEmpty();
    submit(List.of(same));
    assertThat(queue.acquireSingleFlight(queue.claim(WORKER, 1, Long.MAX_VALUE))).hasSize(1);
  }

  @Test
  void an_item_that_is_asked_again_keeps_its_flight() {
    Fingerprint same = fingerprint();
    submit(List.of(same, same));
    List<ClaimedItem> claims = queue.claim(WORKER, 2, Long.MAX_VALUE);
    ClaimedItem flying = queue.acquireSingleFlight(claims).get(0);

    queue.complete(
        List.of(Outcome.withoutCall(flying, new Parked(WaitReason.REASK, Duration.ZERO))));
    queue.promoteDue();
    List<ClaimedItem> again = queue.claim(WORKER, 1, Long.MAX_VALUE);

    assertThat(queue.acquireSingleFlight(again)).hasSize(1);
  }

  @Test
  void items_of_a_silent_worker_are_rescued_under_a_new_fence_and_no_attempt_is_charged() {
    submit(2);
    List<ClaimedItem> held = queue.claim(OTHER, 2, Long.MAX_VALUE);

    int notYet = registry.rescue(WORKER.worker(), List.of(), Duration.ofSeconds(30));
    int rescued = registry.rescue(WORKER.worker(), List.of(), Duration.ZERO);

    List<ClaimedItem> again = queue.claim(WORKER, 2, Long.MAX_VALUE);
    assertThat(notYet).isZero();
    assertThat(rescued).isEqualTo(2);
    assertThat(again).allSatisfy(item -> assertThat(item.attempt()).isZero());
    assertThat(queue.complete(List.of(enhanced(held.get(0)))).applied()).isEmpty();
  }

  @Test
  void items_of_a_worker_known_to_be_dead_are_rescued_at_once() {
    submit(1);
    queue.claim(OTHER, 1, Long.MAX_VALUE);

    List<SameNodeWorker> others = registry.sameNodeWorkers(WORKER.worker(), "there");
    int rescued =
        registry.rescue(
            WORKER.worker(),
            others.stream().map(other -> other.process().worker()).toList(),
            Duration.ofHours(1));

    assertThat(others)
        .extracting(SameNodeWorker::process)
        .containsExactly(new WorkerProcess(OTHER.worker(), "there", 2));
    assertThat(others.get(0).silence()).isLessThan(Duration.ofMinutes(1));
    assertThat(rescued).isEqualTo(1);
  }

  @Test
  void a_worker_reclaims_items_that_are_not_in_flight() {
    submit(4);
    List<ClaimedItem> held = queue.claim(WORKER, 2, Long.MAX_VALUE);
    List<ClaimedItem> unknown = queue.claim(WORKER, 2, Long.MAX_VALUE);

    int back = registry.reclaim(WORKER.worker(), held.stream().map(ClaimedItem::id).toList());

    assertThat(back).isEqualTo(2);
    assertThat(queue.complete(List.of(enhanced(unknown.get(0)))).applied()).isEmpty();
    assertThat(queue.complete(List.of(enhanced(held.get(0)))).applied()).hasSize(1);
    assertThat(queue.claim(OTHER, 5, Long.MAX_VALUE)).hasSize(2);
  }

  @Test
  void the_next_heartbeat_tells_a_worker_that_its_lease_has_expired() {
    assertThat(registry.heartbeat(new WorkerProcess(OTHER.worker(), "there", 2))).isTrue();

    registry.rescue(WORKER.worker(), List.of(OTHER.worker()), Duration.ofHours(1));

    assertThat(registry.heartbeat(new WorkerProcess(OTHER.worker(), "there", 2))).isFalse();
    assertThat(registry.heartbeat(new WorkerProcess(OTHER.worker(), "there", 2))).isTrue();
  }

  @Test
  void a_worker_that_signs_off_gives_everything_back() {
    submit(3);
    queue.claim(WORKER, 3, Long.MAX_VALUE);

    assertThat(registry.deregister(WORKER.worker())).isEqualTo(3);
    assertThat(queue.claim(OTHER, 5, Long.MAX_VALUE)).hasSize(3);
  }

  @Test
  void a_claim_takes_an_equal_share_of_each_job_and_what_is_left_from_the_larger() {
    Job large = submit(400);
    Job small = submit(5);

    List<ClaimedItem> claims = queue.claim(WORKER, 40, Long.MAX_VALUE);

    assertThat(claims).hasSize(40);
    assertThat(claims).filteredOn(item -> item.jobId().equals(small.id())).hasSize(5);
    assertThat(claims).filteredOn(item -> item.jobId().equals(large.id())).hasSize(35);
  }

  @Test
  void jobs_of_another_provider_are_left_alone() {
    submit(3);
    Claimant real = new Claimant(UUID.randomUUID(), "groq");

    assertThat(queue.countReady(real, 10)).isZero();
    assertThat(queue.claim(real, 10, Long.MAX_VALUE)).isEmpty();
    assertThat(queue.countReady(WORKER, 10)).isEqualTo(3);
  }

  @Test
  void what_becomes_ready_below_a_raised_floor_is_still_claimed() {
    submit(10);
    List<ClaimedItem> claims = queue.claim(WORKER, 6, Long.MAX_VALUE);
    marks.raise();

    queue.release(List.of(claims.get(2)));
    queue.complete(
        List.of(
            Outcome.withoutCall(claims.get(1), new Parked(WaitReason.BACKOFF, Duration.ZERO)),
            enhanced(claims.get(0))));
    queue.promoteDue();
    registry.deregister(WORKER.worker());

    assertThat(queue.countReady(OTHER, 100)).isEqualTo(9);
    assertThat(queue.claim(OTHER, 100, Long.MAX_VALUE))
        .extracting(ClaimedItem::seq)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void floors_rise_for_every_job_however_many_there_are_and_others_are_not_written() {
    for (int i = 0; i < 450; i++) {
      submit(2);
    }
    sql.run(
        connection -> {
          try (PreparedStatement claim =
              connection.prepareStatement(
                  "UPDATE item SET state = 'running', worker_id = ? WHERE seq = 0")) {
            claim.setObject(1, WORKER.worker());
            return claim.executeUpdate();
          }
        });
    marks.raise();
    long raised = number("SELECT count(*) FROM low_water_mark WHERE seq = 1");
    long writes = number("SELECT sum(xmin::text::bigint) FROM low_water_mark");

    marks.raise();

    assertThat(raised).isEqualTo(450);
    assertThat(number("SELECT sum(xmin::text::bigint) FROM low_water_mark")).isEqualTo(writes);
  }

  @Test
  void only_one_replica_raises_floors_at_a_time() throws Exception {
    submit(10);
    queue.claim(WORKER, 6, Long.MAX_VALUE);
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      execute(
          other, "SELECT pg_advisory_xact_lock(hashtextextended('burnish.low-water-marks', 0))");

      marks.raise();

      assertThat(number("SELECT COALESCE(max(seq), 0) FROM low_water_mark")).isZero();
      other.rollback();
      other.setAutoCommit(true);
    }
    marks.raise();
    assertThat(number("SELECT max(seq) FROM low_water_mark")).isEqualTo(6);
  }

  @Test
  void a_floor_that_is_locked_is_left_for_the_next_time() throws Exception {
    submit(10);
    queue.claim(WORKER, 3, Long.MAX_VALUE);
    marks.raise();
    queue.claim(WORKER, 3, Long.MAX_VALUE);
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      execute(other, "UPDATE low_water_mark SET seq = seq");

      marks.raise();

      other.rollback();
      other.setAutoCommit(true);
    }
    assertThat(number("SELECT max(seq) FROM low_water_mark")).isEqualTo(3);
    marks.raise();
    assertThat(number("SELECT max(seq) FROM low_water_mark")).isEqualTo(6);
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      prepared.execute();
    }
  }

  private long number(String query) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(query);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Test
  void floors_raised_while_items_come_back_lose_none() throws Exception {
    submit(300);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean over = new AtomicBoolean();
    List<Future<?>> busy = new ArrayList<>();
    busy.add(
        threads.submit(
            () -> {
              while (!over.get()) {
                marks.raise();
              }
            }));
    for (int thread = 0; thread < 3; thread++) {
      busy.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 40; i++) {
                  queue.release(queue.claim(WORKER, 20, Long.MAX_VALUE));
                }
              }));
    }

    for (Future<?> work : busy.subList(1, 4)) {
      work.get();
    }
    over.set(true);
    busy.get(0).get();
    threads.shutdown();

    assertThat(queue.claim(WORKER, 1_000, Long.MAX_VALUE)).hasSize(300);
  }

  @Test
  void an_answer_that_was_paid_for_before_a_crash_comes_with_the_next_claim() {
    submit(2);
    List<ClaimedItem> claims = queue.claim(WORKER, 2, Long.MAX_VALUE);
    LedgerEntry call = answered(claims.get(0), claims.get(1));
    ledger.record(List.of(call));
    ledger.record(List.of(call));

    registry.rescue(OTHER.worker(), List.of(WORKER.worker()), Duration.ofHours(1));
    List<ClaimedItem> again = queue.claim(OTHER, 2, Long.MAX_VALUE);

    assertThat(again)
        .extracting(item -> item.stored().callId(), item -> item.stored().ref())
        .containsExactly(Tuple.tuple(call.id(), 1), Tuple.tuple(call.id(), 2));
    queue.complete(
        List.of(
            Outcome.withoutCall(again.get(0), new Parked(WaitReason.REASK, Duration.ZERO)),
            enhanced(again.get(1))));
    queue.promoteDue();
    assertThat(queue.claim(OTHER, 2, Long.MAX_VALUE))
        .singleElement()
        .extracting(ClaimedItem::stored)
        .isNull();
  }

  @Test
  void jobs_take_turns() {
    Job large = submit(400);
    Job small = submit(5);

    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < 40 && !seen.contains(small.id()); i++) {
      queue.claim(WORKER, 5, Long.MAX_VALUE).forEach(item -> seen.add(item.jobId()));
    }

    assertThat(seen).contains(small.id());
    assertThat(states.count(large.id()).running()).isLessThan(400);
  }

  @Test
  void counters_equal_the_items_counted_whatever_the_order_of_batches() throws Exception {
    Job job = submit(120);
    ExecutorService workers = Executors.newFixedThreadPool(6);
    List<Future<?>> done = new ArrayList<>();
    for (List<ClaimedItem> batch = queue.claim(WORKER, 9, Long.MAX_VALUE);
        !batch.isEmpty();
        batch = queue.claim(WORKER, 9, Long.MAX_VALUE)) {
      List<Outcome> outcomes =
          batch.stream().map(i -> i.seq() % 3 == 0 ? failed(i) : enhanced(i)).toList();
      done.add(workers.submit(() -> queue.complete(outcomes)));
      done.add(workers.submit(() -> queue.complete(outcomes)));
    }
    for (Future<?> each : done) {
      each.get();
    }
    workers.shutdown();

    Job ended = jobs.find(job.id()).orElseThrow();
    assertThat(ended.counts().succeeded()).isEqualTo(count(job, "succeeded")).isEqualTo(80);
    assertThat(ended.counts().failed()).isEqualTo(count(job, "failed")).isEqualTo(40);
    assertThat(ended.state().word()).isEqualTo("completed");
  }

  private int count(Job job, String state) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT count(*) FROM item WHERE job_id = ? AND state = ?")) {
            statement.setObject(1, job.id());
            statement.setString(2, state);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  /** Records are read and validated between two statements, which may take a while. */
  @Test
  void a_job_that_is_being_stored_may_idle_longer_than_other_transactions() {
    List<String> seen = new ArrayList<>();
    Iterable<NewItem> slow =
        () -> {
          seen.add(idleLimit());
          return List.of(NewItem.ready(0, null, "{}", "k", fingerprint())).iterator();
        };

    jobs.submit(Submissions.of(slow));

    assertThat(seen).containsExactly("5min");
    assertThat(idleLimit()).isEqualTo("10s");
  }

  private String idleLimit() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement("SHOW idle_in_transaction_session_timeout");
              ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }

  private Job submit(int items) {
    List<@Nullable Fingerprint> none = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      none.add(null);
    }
    return submit(none);
  }

  private Job submit(List<@Nullable Fingerprint> fingerprints) {
    List<NewItem> items = new ArrayList<>();
    for (Fingerprint fingerprint : fingerprints) {
      String record = RecordJson.write(Discounts.readable("k" + items.size()));
      items.add(NewItem.ready(items.size(), null, record, "k", fingerprint));
    }
    return jobs.submit(Submissions.of(items));
  }

  private static Fingerprint fingerprint() {
    return Fingerprint.of(
        "test", "p", 1, "1", RecordJson.object().put("x", UUID.randomUUID().toString()));
  }

  private static Outcome enhanced(ClaimedItem item) {
    return Outcome.withoutCall(item, new Enhanced("{}", "m", false));
  }

  private static Outcome failed(ClaimedItem item) {
    return Outcome.withoutCall(item, new Failed("x", List.of("why, \"so\"", "{and} more\\"), "m"));
  }

  private static LedgerEntry answered(ClaimedItem... items) {
    return new LedgerEntry(
        UUID.randomUUID(), List.of(items), "m", "answered", 200, 10, 5, 2, 7, "req", null, "{}");
  }
}
