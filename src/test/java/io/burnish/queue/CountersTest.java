package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.fixtures.Submissions;
import io.burnish.fixtures.WorkerDisabled;
import io.burnish.job.JobCounters;
import io.burnish.job.Jobs;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobState;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobFile;
import io.burnish.job.usage.FileUsages;
import io.burnish.job.usage.FileUsages.FileUsage;
import io.burnish.job.usage.ModelUsage;
import io.burnish.ledger.Ledger;
import io.burnish.ledger.LedgerEntry;
import io.burnish.queue.completion.CompletionStatement;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Completion;
import io.burnish.queue.item.ItemState;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted of jobs, files and models, whoever counts it at the same time. */
@QuarkusTest
@TestProfile(WorkerDisabled.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class CountersTest {

  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");

  @Inject ItemQueue queue;
  @Inject WorkerRegistry registry;
  @Inject Ledger ledger;
  @Inject Jobs jobs;
  @Inject JobCounters counters;
  @Inject FileUsages fileUsages;
  @Inject Sql sql;
  @Inject DataSource dataSource;

  @BeforeEach
  void nothing_is_left_of_other_tests() {
    Statements.empty(sql, "job, job_minute, worker, provider_call");
    registry.heartbeat(new WorkerProcess(WORKER.worker(), "here", 1));
  }

  @Test
  void what_comes_decided_counts_from_the_start_and_the_rest_ends_the_job() {
    Job job = submit(List.of(failed(0, 0), stored(1, 0), failed(2, 1), ready(3, 1)));
    Counts before = now(job).counts();

    Completion last = queue.complete(List.of(enhanced(claim(1).get(0))));

    assertThat(job.counts()).isEqualTo(before);
    assertThat(before).isEqualTo(new Counts(4, 1, 2, 0, 0));
    assertThat(last.jobs().get(job.id()).doneBefore()).isEqualTo(3);
    assertThat(last.jobs().get(job.id()).finished()).isTrue();
    assertThat(now(job).counts()).isEqualTo(new Counts(4, 2, 2, 0, 0));
    assertThat(now(job).state()).isEqualTo(JobState.COMPLETED);
    assertThat(jobs.files(job.id()))
        .extracting(JobFile::counts)
        .containsExactly(new Counts(2, 1, 1, 0, 0), new Counts(2, 1, 1, 0, 0));
  }

  @Test
  void writers_at_the_same_time_lose_no_count_and_end_each_job_once() throws Exception {
    List<Job> both = List.of(submit(manyReady(200)), submit(manyReady(200)));
    List<ClaimedItem> claims = claim(400);
    ExecutorService writers = Executors.newFixedThreadPool(8);
    List<Future<Completion>> completions = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<ClaimedItem> batch = everyFortieth(claims, i);
      Callable<Completion> write = () -> keepAndComplete(batch);
      completions.add(writers.submit(write));
    }
    List<UUID> ended = new ArrayList<>();
    for (Future<Completion> completion : completions) {
      completion
          .get()
          .jobs()
          .values()
          .forEach(
              job -> {
                if (job.finished()) {
                  ended.add(job.jobId());
                }
              });
    }
    writers.shutdown();

    assertThat(ended).containsExactlyInAnyOrder(both.get(0).id(), both.get(1).id());
    for (Job job : both) {
      assertThat(now(job).counts()).isEqualTo(new Counts(200, 150, 50, 0, 0));
      assertThat(jobs.files(job.id()))
          .extracting(JobFile::counts)
          .containsExactly(new Counts(100, 50, 50, 0, 0), new Counts(100, 100, 0, 0, 0));
      assertThat(counters.<List<ModelUsage>>snapshot(job.id(), (items, usage) -> usage))
          .containsExactlyInAnyOrder(
              new ModelUsage("a", 100, 50, 50, 1000, 500, 200),
              new ModelUsage("b", 100, 100, 0, 1000, 500, 200));
      assertThat(decided(job, "a")).isEqualTo("50 0 50");
      assertThat(decided(job, "b")).isEqualTo("100 0 0");
      assertThat(fileUsages.of(job.id()))
          .containsExactly(
              new FileUsage(0, "a", 1000, 500, 200), new FileUsage(1, "b", 1000, 500, 200));
    }
  }

  /** Succeeded, reused and failed items, of all minutes. */
  private String decided(Job job, String model) {
    return Statements.one(
        sql,
        "SELECT format('%s %s %s', sum(succeeded), sum(reused), sum(failed)) FROM job_minute WHERE job_id = ? AND model = ?",
        job.id(),
        model);
  }

  @Test
  void what_is_decided_without_a_call_has_no_model_in_the_history() {
    Job job = submit(manyReady(3));
    List<ClaimedItem> claims = claim(3);

    queue.complete(
        List.of(
            Outcome.withoutCall(claims.get(0), new Enhanced("{}", "earlier", true)),
            Outcome.withoutCall(claims.get(1), new Failed("x", List.of("no"), null)),
            Outcome.withoutCall(
                claims.get(2), new Parked(WaitReason.BACKOFF, Duration.ofMinutes(1)))));

    assertThat(decided(job, "")).isEqualTo("1 1 1");
    assertThat(Statements.number(sql, "SELECT count(*) FROM job_minute WHERE model <> ''"))
        .isZero();
  }

  @Test
  void a_shared_call_counts_for_each_file_by_its_records_and_not_for_records_without_a_file() {
    Job job = submit(List.of(ready(0, 0), ready(1, 1), ready(2, 0)));
    Job other = jobs.submit(Submissions.of(List.of(ready(0, 0)), "c"));
    Job without = jobs.submit(Submissions.of(List.of(NewItem.ready(0, null, "{}", null, null))));
    LedgerEntry shared =
        new LedgerEntry(
            UUID.randomUUID(), claim(5), "m", "answered", 200, 103, 52, 7, 7, "r", null, "{}");

    ledger.record(List.of(shared));
    ledger.record(List.of(shared));

    List<FileUsage> files = new ArrayList<>(fileUsages.of(job.id()));
    files.addAll(fileUsages.of(other.id()));
    assertThat(files)
        .extracting(FileUsage::ordinal, FileUsage::model)
        .containsExactly(tuple(0, "m"), tuple(1, "m"), tuple(0, "m"));
    assertThat(fileUsages.of(without.id())).isEmpty();
    assertThat(files.get(0).promptTokens()).isBetween(40L, 42L);
    assertThat(
            files.stream().mapToLong(FileUsage::promptTokens).sum()
                + counters
                    .<List<ModelUsage>>snapshot(without.id(), (items, usage) -> usage)
                    .get(0)
                    .promptTokens())
        .isBetween(102L, 104L);
  }

  private static List<NewItem> manyReady(int items) {
    return IntStream.range(0, items).mapToObj(seq -> ready(seq, seq < items / 2 ? 0 : 1)).toList();
  }

  /** Each batch has records of both jobs, files and models. */
  private static List<ClaimedItem> everyFortieth(List<ClaimedItem> claims, int from) {
    return IntStream.range(0, claims.size())
        .filter(i -> i % 40 == from)
        .mapToObj(claims::get)
        .toList();
  }

  /** Records of the first file are asked of model a, of the second of b; a is refused half. */
  private Completion keepAndComplete(List<ClaimedItem> batch) {
    List<LedgerEntry> calls = batch.stream().map(CountersTest::call).toList();
    ledger.record(calls);
    return queue.complete(calls.stream().map(CountersTest::judged).toList());
  }

  private static LedgerEntry call(ClaimedItem item) {
    return new LedgerEntry(
        UUID.randomUUID(),
        List.of(item),
        item.seq() < 100 ? "a" : "b",
        "answered",
        200,
        10,
        5,
        2,
        7,
        "req",
        null,
        "{}");
  }

  private static Outcome judged(LedgerEntry call) {
    ClaimedItem item = call.items().get(0);
    boolean refused = item.seq() < 50;
    Judged judged =
        new Judged(call.id(), call.model(), !refused, refused ? List.of("no") : List.of(), null);
    return new Outcome(
        item,
        refused
            ? new Failed("x", List.of("no"), call.model())
            : new Enhanced("{}", call.model(), false),
        Optional.of(judged));
  }

  @Test
  void a_completion_that_was_cut_off_counts_nothing_and_the_next_counts_all() {
    Job job = submit(List.of(ready(0, 0), ready(1, 1)));
    List<Outcome> outcomes = claim(2).stream().map(CountersTest::enhanced).toList();
    queue.complete(outcomes.subList(0, 1));
    long version = now(job).version();

    QuarkusTransaction.begin();
    queue.complete(outcomes);
    QuarkusTransaction.rollback();

    assertThat(now(job).version()).isEqualTo(version);
    assertThat(now(job).counts()).isEqualTo(new Counts(2, 1, 0, 0, 0));
    assertThat(queue.complete(outcomes).jobs().get(job.id()).finished()).isTrue();
    assertThat(now(job).counts()).isEqualTo(new Counts(2, 2, 0, 0, 0));
    assertThat(now(job).version()).isGreaterThan(version);
  }

  @Test
  void the_version_grows_with_the_start_and_with_each_completion() {
    Job job = submit(List.of(ready(0, 0), ready(1, 1)));
    long stored = now(job).version();

    counters.markStarted(job.id());
    long started = now(job).version();
    queue.complete(
        List.of(
            Outcome.withoutCall(
                claim(1).get(0), new Parked(WaitReason.BACKOFF, Duration.ofMinutes(1)))));

    assertThat(started).isGreaterThan(stored);
    assertThat(now(job).version()).isGreaterThan(started);
    assertThat(now(job).state()).isEqualTo(JobState.RUNNING);
    assertThat(now(job).startedAt()).isPresent();
  }

  /**
   * Dead rows can't be vacuumed while a snapshot is held. An index scan of a counter must read one
   * entry, the newest, and not those of the rows before it; also once statistics say that there is
   * hardly any row.
   */
  @Test
  void counters_are_found_without_the_dead_rows_that_a_held_snapshot_keeps() throws SQLException {
    submit(manyReady(2));
    keepAndComplete(claim(2));
    Job job = submit(manyReady(200));
    try (Connection snapshot = dataSource.getConnection();
        Connection writer = dataSource.getConnection()) {
      snapshot.setAutoCommit(false);
      snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      run(snapshot, "SET LOCAL idle_in_transaction_session_timeout = 0");
      run(snapshot, "SELECT count(*) FROM job_progress");
      List<ClaimedItem> claims = claim(200);
      keepAndComplete(claims.subList(0, 1));
      run(writer, "SET synchronous_commit = off");
      run(writer, DEAD_ROWS.formatted(job.id()));
      run(writer, "RESET synchronous_commit");
      run(
          writer,
          "ANALYZE job_progress, job_file_progress, job_model, job_minute, job_usage, job_file_usage");
      writer.setAutoCommit(false);
      long[] before = indexUse(writer);

      for (ClaimedItem item : claims.subList(1, 200)) {
        LedgerEntry call = call(item);
        Ledger.insert(writer, List.of(call));
        writer.commit();
        CompletionStatement.apply(writer, List.of(judged(call)));
        run(writer, "SELECT * FROM job_counts WHERE job_id = '%s'".formatted(job.id()));
        run(writer, "SELECT * FROM job_file_counts WHERE job_id = '%s'".formatted(job.id()));
        writer.commit();
      }

      long[] after = indexUse(writer);
      long scans = after[0] - before[0];
      assertThat(scans).isGreaterThanOrEqualTo(199 * 5);
      assertThat(after[1] - before[1]).as("entries read in %d scans", scans).isBetween(1L, scans);
      snapshot.rollback();
      snapshot.setAutoCommit(true);
      writer.setAutoCommit(true);
    }
    assertThat(now(job).counts()).isEqualTo(new Counts(200, 150, 50, 0, 0));
  }

  private static final String DEAD_ROWS =
      """
      DO $$ BEGIN FOR i IN 1..4000 LOOP
        UPDATE job_progress SET version = i + 1 WHERE job_id = '%1$s' AND version = i;
        UPDATE job_file_progress SET version = i + 1 WHERE job_id = '%1$s' AND ordinal = 0 AND version = i;
        UPDATE job_model SET version = i + 1 WHERE job_id = '%1$s' AND model = 'a' AND version = i;
        UPDATE job_minute SET version = i + 1 WHERE job_id = '%1$s' AND model = 'a' AND version = i;
        UPDATE job_usage SET version = i + 1 WHERE job_id = '%1$s' AND model = 'a' AND version = i;
        UPDATE job_file_usage SET version = i + 1 WHERE job_id = '%1$s' AND ordinal = 0 AND version = i;
        COMMIT;
      END LOOP; END $$
      """;

  /** Scans of the counters' indexes so far, and the entries that they read. */
  private static long[] indexUse(Connection connection) throws SQLException {
    run(connection, "SELECT pg_stat_force_next_flush()");
    connection.commit();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT sum(idx_scan), sum(idx_tup_read) FROM pg_stat_user_indexes
                WHERE relname IN ('job_progress', 'job_file_progress', 'job_model', 'job_minute', 'job_usage', 'job_file_usage')
                """)) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2)};
    } finally {
      connection.commit();
    }
  }

  private static void run(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(query);
    }
  }

  private Job submit(List<NewItem> items) {
    return jobs.submit(Submissions.of(items, "a", "b"));
  }

  private Job now(Job job) {
    return jobs.find(job.id()).orElseThrow();
  }

  private List<ClaimedItem> claim(int limit) {
    return queue.claim(WORKER, limit, Long.MAX_VALUE);
  }

  private static NewItem ready(int seq, int file) {
    return NewItem.ready(seq, file, "{}", null, null);
  }

  private static NewItem failed(int seq, int file) {
    return NewItem.failed(seq, file, "{}", null, "empty", List.of("it is empty"));
  }

  private static NewItem stored(int seq, int file) {
    return new NewItem(
        seq, file, "{}", null, null, null, ItemState.SUCCEEDED, "{}", null, List.of());
  }

  private static Outcome enhanced(ClaimedItem item) {
    return Outcome.withoutCall(item, new Enhanced("{}", "m", false));
  }
}
