package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.crash.Database.Hold;
import io.burnish.crash.Invariants.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several replicas, of which one is killed, frozen, or asked to stop. */
class ReplicasIT {

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  void one_that_was_frozen_and_rescued_from_can_not_commit() throws Exception {
    freeze_and_thaw(Map.of("BURNISH_CONCURRENCY", "8"), Duration.ZERO);
  }

  /** The figures of production: silent after 30 s, asleep for 60 s. */
  @Test
  @Tag("crash")
  void one_that_slept_a_minute_can_not_commit() throws Exception {
    freeze_and_thaw(
        Map.of(
            "BURNISH_CONCURRENCY", "8",
            "BURNISH_WORKER_HEARTBEAT", "5s",
            "BURNISH_WORKER_SILENCE", "30s"),
        Duration.ofSeconds(60));
  }

  private void freeze_and_thaw(Map<String, String> settings, Duration asleep) throws Exception {
    Replica sleeper = STAGE.startTrusting("a", settings);
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofSeconds(2));
    String job = sleeper.post(batch);
    STAGE.provider().untilInFlight(8);

    sleeper.program().freeze();
    Instant frozen = Instant.now();
    int held = held(sleeper);
    STAGE.provider().answersTake(Duration.ZERO);
    Replica other = STAGE.start("b", settings);
    other.untilEnded(job);
    await().atMost(Duration.ofMinutes(2)).until(() -> !frozen.plus(asleep).isAfter(Instant.now()));
    sleeper.program().thaw();
    await().atMost(Duration.ofMinutes(1)).until(() -> sleeper.stale() > 0);

    assertThat(held).isPositive();
    Invariants.isWhole(STAGE, sleeper, new Posted(batch, job), batch.size() + held);
    assertThat(resultsOfOthers(sleeper, job)).isEqualTo(held);
  }

  /** What the sleeper held, and others decided: under a higher fence than the first claim has. */
  private static int resultsOfOthers(Replica sleeper, String job) {
    return (int)
        STAGE
            .database()
            .number(
                Environment.DATABASE,
                "SELECT count(*) FROM item WHERE job_id = ? AND state = 'succeeded' AND fence > 1",
                UUID.fromString(job));
  }

  @Test
  @Tag("crash")
  void one_that_froze_in_the_middle_of_a_transaction_does_not_hold_up_the_others()
      throws Exception {
    Replica sleeper = STAGE.start("a");
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofMillis(500));

    String job = sleeper.post(batch);
    STAGE.provider().untilInFlight(1);
    try (Hold hold =
        STAGE.database().hold(Environment.DATABASE, "LOCK TABLE enhancement IN SHARE MODE")) {
      hold.untilBlocked(1);
      STAGE.provider().untilQuiet();
      sleeper.program().freeze();
    }
    STAGE.provider().answersTake(Duration.ZERO);
    Replica other = STAGE.start("b");
    other.untilEnded(job);
    sleeper.program().thaw();

    Invariants.isWhole(STAGE, other, new Posted(batch, job), 2 * batch.size());
  }

  @Test
  @Tag("crash")
  void the_only_one_frozen_goes_on_where_it_was_and_asks_nothing_twice() throws Exception {
    Replica only = STAGE.startTrusting("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(40);
    STAGE.provider().answersTake(Duration.ofSeconds(1));

    String job = only.post(batch);
    STAGE.provider().untilInFlight(8);
    only.program().freeze();
    Instant frozen = Instant.now();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> frozen.plusSeconds(8).isBefore(Instant.now()));
    only.program().thaw();

    Invariants.isWhole(STAGE, only, new Posted(batch, job), batch.size());
  }

  @Test
  @Tag("crash")
  void of_two_one_is_killed() throws Exception {
    Replica victim = STAGE.start("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Replica other = STAGE.start("b", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(200);
    STAGE.provider().answersTake(Duration.ofMillis(300));

    String job = victim.post(batch);
    await().until(() -> held(victim) > 0 && held(other) > 0);
    victim.kill();
    int lost = held(victim);

    Invariants.isWhole(STAGE, other, new Posted(batch, job), batch.size() + lost);
  }

  @Test
  @Tag("crash")
  void of_three_two_are_killed_one_of_them_in_the_middle_of_a_rescue() throws Exception {
    Replica first = STAGE.startTrusting("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(60);
    STAGE.provider().answersTake(Duration.ofSeconds(1));
    String job = first.post(batch);
    STAGE.provider().untilInFlight(8);
    first.kill();
    int lost = held(first);

    String held = "SELECT FROM item WHERE worker_id = '%s' FOR UPDATE".formatted(first.worker());
    try (Hold hold = STAGE.database().hold(Environment.DATABASE, held)) {
      // It has the name of the first, and knows at its start that this process of its machine has
      // ended: the rescue is part of the start, and no call is made before it.
      Replica rescuer = STAGE.launch("a", Map.of("BURNISH_CONCURRENCY", "8"));
      hold.untilBlocked(1);
      rescuer.kill();
    }
    STAGE.provider().answersTake(Duration.ZERO);
    Replica last = STAGE.start("c");

    assertThat(lost).isPositive();
    Invariants.isWhole(STAGE, last, new Posted(batch, job), batch.size() + lost);
  }

  @Test
  @Tag("crash")
  void two_jobs_of_the_same_content_whose_single_flight_is_killed() throws Exception {
    Replica victim = STAGE.startTrusting("a", Map.of("BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofSeconds(5));
    String one = victim.post(batch);
    STAGE.provider().untilInFlight(8);
    Replica other = STAGE.start("b", Map.of("BURNISH_CONCURRENCY", "8"));
    String two = other.post(batch);
    await().until(() -> waitingForOthers(two) > 0);

    victim.kill();
    int lost = held(victim);
    STAGE.provider().answersTake(Duration.ZERO);
    other.untilEnded(one);

    Invariants.isWhole(STAGE, other, new Posted(batch, two), batch.size() + lost);
    Invariants.isWhole(STAGE, other, new Posted(batch, one), batch.size() + lost);
  }

  private static long waitingForOthers(String job) {
    return STAGE
        .database()
        .number(
            Environment.DATABASE,
            "SELECT count(*) FROM item WHERE job_id = ? AND wait_reason = 'in_flight_elsewhere'",
            UUID.fromString(job));
  }

  @Test
  @Tag("crash")
  void asked_to_stop_under_load_it_ends_its_calls_and_loses_none() throws Exception {
    Replica stopping = STAGE.startTrusting("a", Map.of("QUARKUS_SHUTDOWN_DELAY", "5s"));
    Batch batch = Batch.of(200);
    STAGE.provider().answersTake(Duration.ofMillis(700));

    String job = stopping.post(batch);
    STAGE.provider().untilInFlight(16);
    stopping.program().terminate();
    await().until(() -> Http.get(stopping.url() + "/q/health/ready").status() == 503);
    int status = stopping.program().ended();
    int asked = STAGE.provider().asked(batch).size();
    Replica next = STAGE.start("b");

    assertThat(status).isEqualTo(143);
    assertThat(held(stopping)).isZero();
    assertThat(asked).isLessThan(batch.size());
    Invariants.isWhole(STAGE, next, new Posted(batch, job), batch.size());
  }

  @Test
  @Tag("crash")
  void asked_to_stop_while_the_provider_hangs_it_gives_its_records_back() throws Exception {
    Replica stopping =
        STAGE.startTrusting("a", Map.of("BURNISH_WORKER_DRAIN", "2s", "BURNISH_CONCURRENCY", "8"));
    Batch batch = Batch.of(30);
    STAGE.provider().answersTake(Duration.ofSeconds(20));

    String job = stopping.post(batch);
    STAGE.provider().untilInFlight(8);
    STAGE.provider().answersTake(Duration.ZERO);
    stopping.program().terminate();
    stopping.program().ended();
    int held = held(stopping);
    Replica next = STAGE.start("b");

    assertThat(held).isZero();
    Invariants.isWhole(STAGE, next, new Posted(batch, job), batch.size() + 8);
  }

  /** For a machine that does other things besides: a start may take it half a minute. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  /** The promise: 5 s after the same node is back, 35 s after another node died. */
  @Test
  @Tag("crash")
  void work_goes_on_soon_after_a_kill() throws Exception {
    Map<String, String> asInProduction =
        Map.of(
            "BURNISH_CONCURRENCY", "4",
            "BURNISH_WORKER_HEARTBEAT", "5s",
            "BURNISH_WORKER_SILENCE", "30s");
    Replica first = STAGE.start("a", asInProduction);
    Batch batch = Batch.of(60);
    STAGE.provider().answersTake(Duration.ofSeconds(2));
    String job = first.post(batch);
    STAGE.provider().untilInFlight(4);

    first.kill();
    List<String> lost = heldTitles(first);
    Replica again = STAGE.start("a", asInProduction);
    Instant up = Instant.now();
    STAGE.provider().untilInFlight(4);
    Instant called = firstCallAfter(batch, lost, up);
    Replica other = STAGE.start("b", asInProduction);
    again.kill();
    Instant killed = Instant.now();
    List<String> lostAgain = heldTitles(again);
    STAGE.provider().answersTake(Duration.ofMillis(100));
    Instant rescued = firstCallAfter(batch, lostAgain, killed);

    assertThat(Duration.between(up, called)).isLessThan(Duration.ofSeconds(5).plus(SLACK));
    assertThat(Duration.between(killed, rescued)).isLessThan(Duration.ofSeconds(35).plus(SLACK));
    Invariants.isWhole(
        STAGE, other, new Posted(batch, job), batch.size() + lost.size() + lostAgain.size());
  }

  /** When one of the lost records was first in a call after that moment. */
  private static Instant firstCallAfter(Batch batch, List<String> lost, Instant moment) {
    await().atMost(Duration.ofMinutes(2)).until(() -> calledAfter(batch, lost, moment).isPresent());
    return calledAfter(batch, lost, moment).orElseThrow();
  }

  private static java.util.Optional<Instant> calledAfter(
      Batch batch, List<String> lost, Instant moment) {
    return STAGE.provider().asked(batch).stream()
        .filter(asked -> lost.contains(asked.title()) && asked.at().isAfter(moment))
        .map(Provider.Asked::at)
        .min(Instant::compareTo);
  }

  private static List<String> heldTitles(Replica replica) {
    return STAGE
        .database()
        .texts(
            Environment.DATABASE,
            """
            SELECT p.record::json ->> 'title' FROM item i JOIN item_payload p ON p.item_id = i.id
            WHERE i.worker_id = ? AND i.state = 'running'
            """,
            UUID.fromString(replica.worker()));
  }

  private static int held(Replica replica) {
    return STAGE.tables().held(replica);
  }
}
