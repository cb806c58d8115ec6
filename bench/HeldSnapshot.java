package io.burnish.queue;

import io.burnish.cluster.Reclaim;
import io.burnish.ledger.Ledger;
import io.burnish.ledger.LedgerEntry;
import io.burnish.queue.claim.Claim;
import io.burnish.queue.claim.DueItems;
import io.burnish.queue.completion.CompletionStatement;
import io.burnish.queue.completion.Insertion;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Measures what a call costs the database while another session holds a snapshot open, as pg_dump
 * and analytics do: nothing that was updated meanwhile can be vacuumed. One writer works as fast as
 * it can: it claims, keeps calls in the ledger, completes; one of twenty answers is refused and
 * asked for again. The time of the statements is measured; commits do not wait for the disk, so
 * that as many dead versions come about as many writers would make.
 */
final class HeldSnapshot {

  private static final double MUST_REACH = 3;

  /** Items of a batch; group commit makes about as many of one replica's calls. */
  private static final int BATCH = 4;

  private static final int REFUSED_ONE_OF = 20;
  private static final int RECORDS_AT_ONCE = 10_000;
  private static final int FILES = 4;

  /** Interval at which due items become ready and the progress of the job is read. */
  private static final long BETWEEN_LOOKS_NANOS = 200_000_000L;

  private static final long BETWEEN_RAISES_NANOS = 5_000_000_000L / 3;
  private static final Claimant CLAIMANT = new Claimant(UUID.randomUUID(), "groq");
  private static final Duration AGING = Duration.ofMinutes(10);

  private final Connection connection;
  private final int recordsPerCall;
  private final UUID job = UUID.randomUUID();
  private final Map<Measure, List<Long>> times = new EnumMap<>(Measure.class);
  private final Set<Long> refused = new HashSet<>();
  private int posted;

  private HeldSnapshot(Connection connection, int recordsPerCall) {
    this.connection = connection;
    this.recordsPerCall = recordsPerCall;
    for (Measure measure : Measure.values()) {
      times.put(measure, new ArrayList<>());
    }
  }

  /** What is measured; only what each call does is bounded. */
  private enum Measure {
    CLAIM(true),
    LEDGER(true),
    COMPLETION(true),
    PROMOTION(false),
    RUNNING(false),
    RECLAIM(false);

    private final boolean bounded;

    Measure(boolean bounded) {
      this.bounded = bounded;
    }

    private String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Works for so long beside a snapshot.
   *
   * @param recordsPerCall 1: unpacked
   * @return whether what each call does stayed within the bound
   */
  static boolean measure(String address, int recordsPerCall, Duration length) throws SQLException {
    try (Connection connection = Claims.connection(address);
        Connection reader = Claims.connection(address);
        Statement statement = reader.createStatement()) {
      try (Statement quick = connection.createStatement()) {
        quick.execute("SET synchronous_commit = off");
      }
      new HeldSnapshot(connection, recordsPerCall).work(Duration.ofSeconds(5));
      HeldSnapshot measured = new HeldSnapshot(connection, recordsPerCall);
      measured.post();
      // The service's limit of idle transactions would end the snapshot; pg_dump has no such limit.
      statement.execute("SET idle_in_transaction_session_timeout = 0");
      reader.commit();
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.executeQuery("SELECT count(*) FROM job").close();
      measured.work(length);
      return measured.told(length);
    }
  }

  private void post() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO job (id, profile, mode, provider, state, options, total, created_at)
            VALUES (?, 'discount', 'enhance', 'groq', 'queued', '{}', 1000000000, clock_timestamp())
            """)) {
      insert.setObject(1, job);
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO job_file (job_id, ordinal, name, state) VALUES (?, ?, ?, 'accepted')")) {
      for (int file = 0; file < FILES; file++) {
        insert.setObject(1, job);
        insert.setInt(2, file);
        insert.setString(3, "file-" + file);
        insert.executeUpdate();
      }
    }
    connection.commit();
    postMore();
  }

  private void postMore() throws SQLException {
    String text = "{\"title\":\"%s\"}".formatted("lamp ".repeat(110));
    int from = posted;
    Iterable<NewItem> items =
        () ->
            IntStream.range(from, from + RECORDS_AT_ONCE)
                .mapToObj(seq -> NewItem.ready(seq, seq % FILES, text, "key-" + seq, null))
                .iterator();
    Insertion.insert(connection, job, items);
    connection.commit();
    posted += RECORDS_AT_ONCE;
  }

  private void work(Duration length) throws SQLException {
    if (posted == 0) {
      post();
    }
    long end = System.nanoTime() + length.toNanos();
    long nextLook = 0;
    long nextRaise = 0;
    while (System.nanoTime() < end) {
      List<ClaimedItem> items =
          timed(
              Measure.CLAIM,
              c ->
                  Claim.claim(
                      c,
                      CLAIMANT,
                      AGING,
                      new Claim.Bounds(BATCH * recordsPerCall, Long.MAX_VALUE)));
      if (items.size() < BATCH * recordsPerCall) {
        postMore();
      }
      if (items.isEmpty()) {
        continue;
      }
      List<LedgerEntry> calls = calls(items);
      timed(Measure.LEDGER, c -> Ledger.insert(c, calls));
      List<Outcome> outcomes = outcomes(calls);
      timed(Measure.COMPLETION, c -> CompletionStatement.apply(c, outcomes));
      long now = System.nanoTime();
      if (now > nextLook) {
        timed(Measure.PROMOTION, DueItems::promote);
        timed(Measure.RUNNING, ItemStates.counting(job)::on);
        timed(Measure.RECLAIM, c -> Reclaim.items(c, CLAIMANT.worker()));
        nextLook = now + BETWEEN_LOOKS_NANOS;
      }
      if (now > nextRaise) {
        Claims.raiseLowWaterMarks(connection);
        connection.commit();
        nextRaise = now + BETWEEN_RAISES_NANOS;
      }
    }
  }

  private List<LedgerEntry> calls(List<ClaimedItem> items) {
    List<LedgerEntry> calls = new ArrayList<>();
    for (int from = 0; from < items.size(); from += recordsPerCall) {
      List<ClaimedItem> asked = items.subList(from, Math.min(items.size(), from + recordsPerCall));
      UUID id = new UUID(System.nanoTime(), calls.size());
      calls.add(
          new LedgerEntry(
              id, asked, "a-model", "answered", 200, 900, 200, 0, 400, "req", null, "{}"));
    }
    return calls;
  }

  private List<Outcome> outcomes(List<LedgerEntry> calls) {
    List<Outcome> outcomes = new ArrayList<>();
    for (LedgerEntry call : calls) {
      for (ClaimedItem item : call.items()) {
        boolean refuse = item.seq() % REFUSED_ONE_OF == 0 && refused.add(item.id());
        outcomes.add(
            new Outcome(
                item,
                refuse
                    ? new Parked(WaitReason.REASK, Duration.ZERO)
                    : new Enhanced(item.record(), "a-model", false),
                Optional.of(
                    new Judged(
                        call.id(), "a-model", !refuse, refuse ? List.of("no") : List.of(), null))));
      }
    }
    return outcomes;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T timed(Measure measure, Work<T> work) throws SQLException {
    long start = System.nanoTime();
    T result = work.on(connection);
    times.getOrDefault(measure, new ArrayList<>()).add(System.nanoTime() - start);
    connection.commit();
    return result;
  }

  private boolean told(Duration length) {
    boolean good = true;
    String scenario =
        "a snapshot held for %d s, %s"
            .formatted(
                length.toSeconds(),
                recordsPerCall == 1 ? "unpacked" : recordsPerCall + " records a call");
    for (Measure measure : Measure.values()) {
      long[] all = times.getOrDefault(measure, List.of()).stream().mapToLong(t -> t).toArray();
      String what = measure.words() + " (" + all.length + " of them)";
      good &=
          Claims.told(scenario, what, measure.bounded ? MUST_REACH : Double.POSITIVE_INFINITY, all);
    }
    return good;
  }
}
