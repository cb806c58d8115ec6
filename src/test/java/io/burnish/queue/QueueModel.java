package io.burnish.queue;

import io.burnish.cluster.WorkerProcess;
import io.burnish.cluster.WorkerRegistryStatements;
import io.burnish.queue.claim.Claim;
import io.burnish.queue.claim.DueItems;
import io.burnish.queue.claim.LookAhead;
import io.burnish.queue.claim.LowWaterMark;
import io.burnish.queue.claim.ReadyItems;
import io.burnish.queue.completion.CompletionStatement;
import io.burnish.queue.completion.Insertion;
import io.burnish.queue.completion.SingleFlight;
import io.burnish.queue.control.Cancellation;
import io.burnish.queue.control.ItemControl;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Completion;
import io.burnish.queue.item.JobProgress;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Decision;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.burnish.record.Fingerprint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Two jobs and three workers on a real database, and what can happen to them, each move in a
 * transaction of its own. Workers never learn that they were rescued from: they go on as zombies.
 * Thread-safe as far as each worker has one thread.
 */
final class QueueModel implements AutoCloseable {

  static final int WORKERS = 3;
  static final int JOBS = 2;
  static final int RECORDS = 10;

  private final String url;
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final List<UUID> jobs = new ArrayList<>();
  private final List<Claimant> workers = new ArrayList<>();
  private final List<List<ClaimedItem>> hands = new ArrayList<>();

  /** Where each worker's next look ahead goes on. */
  private final List<Map<UUID, Integer>> from = new ArrayList<>();

  /** Each claim that was ever granted, as item and fence. */
  private final Set<String> granted = ConcurrentHashMap.newKeySet();

  /** Each job whose end a completion has told. */
  private final List<UUID> ended = Collections.synchronizedList(new ArrayList<>());

  /** What must never happen, and did. */
  private final List<String> broken = Collections.synchronizedList(new ArrayList<>());

  QueueModel(String url) throws SQLException {
    this.url = url;
    transaction(
        connection -> {
          run(connection, "TRUNCATE job, worker, provider_call CASCADE");
          for (int i = 0; i < JOBS; i++) {
            jobs.add(job(connection));
          }
          for (int i = 0; i < WORKERS; i++) {
            workers.add(new Claimant(UUID.randomUUID(), "simulated"));
            hands.add(new ArrayList<>());
            from.add(Map.of());
            WorkerRegistryStatements.heartbeat(
                connection, new WorkerProcess(workers.get(i).worker(), "node" + i, i));
          }
          return null;
        });
  }

  /** Every third record of a job has the content of a record of the other job. */
  private static UUID job(Connection connection) throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO job (id, profile, mode, provider, state, options, total, created_at)
            VALUES (?, 'discount', 'enhance', 'simulated', 'queued', '{}', ?, clock_timestamp())
            """)) {
      insert.setObject(1, id);
      insert.setInt(2, RECORDS);
      insert.executeUpdate();
    }
    Insertion.insert(
        connection,
        id,
        IntStream.range(0, RECORDS)
            .mapToObj(seq -> NewItem.ready(seq, null, "{}", null, content(id, seq)))
            .toList());
    return id;
  }

  private static Fingerprint content(UUID job, int seq) {
    String alike = seq % 3 == 0 ? "shared" : job.toString();
    return Fingerprint.ofKey("simulated", "discount", alike + seq);
  }

  /** What can be decided about the records in hand. */
  enum Verdict {
    ENHANCED,
    GIVEN_UP,
    PARKED,
    ASKED_AGAIN
  }

  void claim(int worker, int limit) throws SQLException {
    List<ClaimedItem> claims =
        transaction(
            connection ->
                Claim.claim(
                    connection,
                    workers.get(worker),
                    Duration.ofMinutes(10),
                    new Claim.Bounds(limit, Long.MAX_VALUE)));
    grant(claims);
    List<ClaimedItem> flying = transaction(connection -> SingleFlight.acquire(connection, claims));
    hands.get(worker).addAll(flying);
    List<Outcome> followers =
        claims.stream()
            .filter(claim -> !flying.contains(claim))
            .map(
                claim ->
                    outcome(claim, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, Duration.ofHours(1))))
            .toList();
    complete(followers);
  }

  private void grant(List<ClaimedItem> claims) {
    for (ClaimedItem claim : claims) {
      if (!granted.add(claim.id() + "/" + claim.fence())) {
        broken.add("item %d was claimed twice under fence %d".formatted(claim.id(), claim.fence()));
      }
    }
  }

  /** Looks ahead, and decides about every second record it sees, as if its answer were known. */
  void reuse(int worker, int limit) throws SQLException {
    LookAhead seen =
        transaction(
            connection ->
                LookAhead.read(
                    connection,
                    workers.get(worker),
                    from.get(worker),
                    new Claim.Bounds(limit, Long.MAX_VALUE)));
    from.set(worker, seen.next());
    List<ClaimedItem> claims =
        transaction(
            connection ->
                LookAhead.claim(
                    connection,
                    workers.get(worker),
                    seen.items().stream().filter(item -> item.seq() % 2 == 0).toList()));
    grant(claims);
    complete(
        claims.stream().map(item -> outcome(item, new Enhanced("{}", "model", true))).toList());
  }

  /**
   * Decides about the first records in hand.
   *
   * @param twice whether it does so twice, as after a lost acknowledgement
   */
  void decide(int worker, Verdict verdict, int records, boolean twice) throws SQLException {
    List<ClaimedItem> first = take(worker, records);
    List<Outcome> outcomes = first.stream().map(item -> outcome(item, decision(verdict))).toList();
    complete(outcomes);
    if (twice) {
      complete(outcomes);
    }
  }

  private static Decision decision(Verdict verdict) {
    return switch (verdict) {
      case ENHANCED -> new Enhanced("{}", "model", false);
      case GIVEN_UP -> new Failed("rule", List.of("why"), "model");
      case PARKED -> new Parked(WaitReason.BACKOFF, Duration.ZERO);
      case ASKED_AGAIN -> new Parked(WaitReason.REASK, Duration.ZERO, 1);
    };
  }

  private static Outcome outcome(ClaimedItem item, Decision decision) {
    return Outcome.withoutCall(item, decision);
  }

  private void complete(List<Outcome> outcomes) throws SQLException {
    if (outcomes.isEmpty()) {
      return;
    }
    Completion completion =
        transaction(connection -> CompletionStatement.apply(connection, outcomes));
    completion.jobs().values().stream()
        .filter(JobProgress::finished)
        .forEach(job -> ended.add(job.jobId()));
  }

  void release(int worker, int records) throws SQLException {
    List<ClaimedItem> items = take(worker, records);
    transaction(connection -> ReadyItems.release(connection, items));
  }

  private List<ClaimedItem> take(int worker, int records) {
    List<ClaimedItem> hand = hands.get(worker);
    List<ClaimedItem> first = hand.subList(0, Math.min(records, hand.size()));
    List<ClaimedItem> taken = List.copyOf(first);
    first.clear();
    return taken;
  }

  void rescue(int rescuer, int dead) throws SQLException {
    transaction(
        connection ->
            WorkerRegistryStatements.rescue(
                connection,
                workers.get(rescuer).worker(),
                List.of(workers.get(dead).worker()),
                Duration.ofHours(1)));
  }

  void beat(int worker) throws SQLException {
    transaction(
        connection ->
            WorkerRegistryStatements.heartbeat(
                connection,
                new WorkerProcess(workers.get(worker).worker(), "node" + worker, worker)));
  }

  void signOff(int worker) throws SQLException {
    transaction(
        connection ->
            WorkerRegistryStatements.deregister(connection, workers.get(worker).worker()));
  }

  void promote() throws SQLException {
    transaction(DueItems::promote);
  }

  void raiseFloors() throws SQLException {
    Optional<LowWaterMark.Cursor> place =
        transaction(LowWaterMark::begin)
            ? Optional.of(LowWaterMark.Cursor.START)
            : Optional.empty();
    while (place.isPresent()) {
      LowWaterMark.Cursor from = place.get();
      place = transaction(connection -> LowWaterMark.raise(connection, from));
    }
  }

  void pause(int job) throws SQLException {
    ofJob(job, "UPDATE job SET state = 'paused' WHERE id = ? AND state IN ('queued', 'running')");
  }

  void resume(int job) throws SQLException {
    ofJob(job, "UPDATE job SET state = 'running' WHERE id = ? AND state = 'paused'");
  }

  /** Requests the end of a job, and cancels what is open. */
  void cancel(int job) throws SQLException {
    ofJob(
        job,
        """
        UPDATE job SET end_requested = 'cancelled', end_requested_at = clock_timestamp()
        WHERE id = ? AND finished_at IS NULL AND end_requested IS NULL
        """);
    proceed(job);
  }

  /** Goes on with a job that is to end; no effect on another. */
  void proceed(int job) throws SQLException {
    if (number(
            "SELECT count(*) FROM job WHERE end_requested IS NOT NULL AND finished_at IS NULL AND id = '%s'"
                .formatted(jobs.get(job)))
        == 0) {
      return;
    }
    ItemControl.Cancelled cancelled =
        transaction(connection -> Cancellation.cancelOpen(connection, jobs.get(job), 4));
    if (cancelled.endedJob()) {
      ended.add(jobs.get(job));
    }
    if (!cancelled.fingerprints().isEmpty()) {
      transaction(connection -> SingleFlight.wakeFollowers(connection, cancelled.fingerprints()));
    }
  }

  private void ofJob(int job, String... statements) throws SQLException {
    transaction(
        connection -> {
          for (String sql : statements) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              statement.setObject(1, jobs.get(job));
              statement.execute();
            }
          }
          return null;
        });
  }

  /** One good worker does what is left. */
  void workOff() throws SQLException {
    for (int job = 0; job < JOBS; job++) {
      resume(job);
    }
    for (int dead = 1; dead < WORKERS; dead++) {
      beat(dead);
      rescue(0, dead);
    }
    signOff(0);
    beat(0);
    hands.get(0).clear();
    do {
      for (int job = 0; job < JOBS; job++) {
        proceed(job);
      }
      promote();
      claim(0, 7);
      decide(0, Verdict.ENHANCED, 7, false);
    } while (number("SELECT count(*) FROM item WHERE state IN ('ready', 'running', 'waiting')") > 0
        && broken.isEmpty());
  }

  /** What is wrong just now; empty when nothing is. */
  List<String> wrong() throws SQLException {
    List<String> wrong = new ArrayList<>(broken);
    wrong.addAll(texts(WRONG));
    if (new HashSet<>(ended).size() != ended.size()) {
      wrong.add("a job ended twice");
    }
    return wrong;
  }

  private static final String WRONG =
      """
      SELECT 'the counters of ' || j.id || ' differ from what is counted' FROM job j
      JOIN job_counts n ON n.job_id = j.id CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
               count(*) FILTER (WHERE state = 'failed') AS failed,
               count(*) FILTER (WHERE state = 'cancelled') AS cancelled
        FROM item WHERE job_id = j.id) c
      WHERE (n.succeeded, n.failed, j.cancelled) IS DISTINCT FROM (c.succeeded, c.failed, c.cancelled)
        OR (j.finished_at IS NOT NULL) <> (c.succeeded + c.failed + c.cancelled = j.total)
      UNION ALL
      SELECT 'ready below the floor of its job: ' || i.id FROM item i JOIN low_water_mark f ON f.job_id = i.job_id
      WHERE i.state = 'ready' AND i.seq < f.seq
      UNION ALL
      SELECT 'waits for a flight that nobody flies: ' || i.id FROM item i
      WHERE i.state = 'waiting' AND i.wait_reason = 'in_flight_elsewhere' AND i.due_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM in_flight f WHERE f.fingerprint = i.fingerprint)
      UNION ALL
      SELECT 'in flight, and decided: ' || i.id FROM in_flight f JOIN item i ON i.id = f.item_id
      WHERE i.state IN ('succeeded', 'failed', 'cancelled')
      UNION ALL
      SELECT 'a result, and no success under its fence: ' || i.id
      FROM item i LEFT JOIN item_result r ON r.item_id = i.id
      WHERE (r.item_id IS NOT NULL) <> (i.state = 'succeeded') OR r.fence <> i.fence
      """;

  /** Items that are decided, with what was decided. */
  Set<String> decided() throws SQLException {
    return new HashSet<>(
        texts(
            """
            SELECT id || ' ' || state || ' ' || fence FROM item
            WHERE state IN ('succeeded', 'failed', 'cancelled')
            """));
  }

  private List<String> texts(String sql) throws SQLException {
    return transaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
              texts.add(rows.getString(1));
            }
            return texts;
          }
        });
  }

  /** Jobs whose end was told, by a completion or by a cancellation. */
  long jobsOver() throws SQLException {
    return ended.size();
  }

  private long number(String sql) throws SQLException {
    return transaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a move does in its transaction. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Each move has a connection of its own; what gives way in a conflict is tried again. */
  private <T> T transaction(Work<T> work) throws SQLException {
    Connection connection = idle.poll();
    if (connection == null) {
      connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
    }
    try {
      return persistently(work, connection);
    } finally {
      idle.add(connection);
    }
  }

  private static <T> T persistently(Work<T> work, Connection connection) throws SQLException {
    while (true) {
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException e) {
        connection.rollback();
        if (e.getSQLState() == null || !e.getSQLState().startsWith("40")) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }
}
