package io.burnish.queue;

import io.burnish.queue.claim.Claim;
import io.burnish.queue.claim.LowWaterMark;
import io.burnish.queue.completion.CompletionStatement;
import io.burnish.queue.completion.Insertion;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;

/**
 * Measures what a claim costs from the first record of a large job to its last, and what a call
 * costs while a snapshot is held; {@code bench/claims} runs it. It is in the queue's own package,
 * so that it is the queue's own statements that are measured.
 */
final class Claims {

  private static final double MUST_REACH = 1.5;

  /** Records of a packed call. */
  private static final int PACK = 8;

  /** Records of the run that is only there for the JIT. */
  private static final int WARM_UP = 20_000;

  /** A worker raises the low-water marks of its jobs three times a heartbeat of 5 s. */
  private static final long BETWEEN_RAISES_NANOS = 5_000_000_000L / 3;

  private static final Claimant CLAIMANT = new Claimant(UUID.randomUUID(), "groq");
  private static final UUID JOB = UUID.randomUUID();
  private static final Duration AGING = Duration.ofMinutes(10);

  private static final Properties SETTINGS = settings();

  private final int records;
  private final int batch;

  private Claims(int records, int batch) {
    this.records = records;
    this.batch = batch;
  }

  /**
   * The program's entry: commit, records, records a claim, seconds that a snapshot is held. Ends
   * with 2 when something grows slow.
   */
  public static void main(String... args) throws Exception {
    int records = Integer.parseInt(args[1]);
    int batch = Integer.parseInt(args[2]);
    Duration held = Duration.ofSeconds(Integer.parseInt(args[3]));
    System.out.printf(
        Locale.ROOT,
        "commit %s, %d cores, Java %s, PostgreSQL embedded, durable; %,d records, %d a claim%n%n",
        args[0],
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        records,
        batch);
    System.out.println("| scenario | measure | must reach | reached | |\n|---|---|---|---|---|");
    boolean good = true;
    if (records > 0) {
      onNewDatabase(address -> new Claims(WARM_UP, batch).alone(address));
      Claims claims = new Claims(records, batch);
      good &= told("claims", "claim", MUST_REACH, onNewDatabase(claims::alone));
      good &=
          told(
              "claims, a snapshot open beside",
              "claim",
              MUST_REACH,
              onNewDatabase(claims::besideSnapshot));
    }
    if (held.toSeconds() > 0) {
      good &= onNewDatabase(address -> HeldSnapshot.measure(address, 1, held));
      good &= onNewDatabase(address -> HeldSnapshot.measure(address, PACK, held));
    }
    System.exit(good ? 0 : 2);
  }

  private interface Way<T> {
    T on(String address) throws SQLException;
  }

  private static <T> T onNewDatabase(Way<T> way) throws Exception {
    try (EmbeddedPostgres database =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      String address = database.getJdbcUrl("postgres", "postgres");
      Flyway.configure().dataSource(address, "postgres", "").load().migrate();
      return way.on(address);
    }
  }

  private long[] alone(String address) throws SQLException {
    try (Connection connection = connection(address)) {
      fill(connection);
      return consume(connection);
    }
  }

  private long[] besideSnapshot(String address) throws SQLException {
    try (Connection connection = connection(address);
        Connection reader = connection(address);
        Statement statement = reader.createStatement()) {
      fill(connection);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.executeQuery("SELECT count(*) FROM job").close();
      return consume(connection);
    }
  }

  /** A connection with the settings that the service gives its own. */
  static Connection connection(String address) throws SQLException {
    Connection connection = DriverManager.getConnection(address);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS.getProperty("quarkus.datasource.jdbc.new-connection-sql"));
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private static Properties settings() {
    try (InputStream file = Claims.class.getResourceAsStream("/application.properties")) {
      Properties settings = new Properties();
      settings.load(file);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException("the service's settings can't be read", e);
    }
  }

  private void fill(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO job (id, profile, mode, provider, state, options, total, created_at)
            VALUES (?, 'discount', 'enhance', 'groq', 'queued', '{}', ?, clock_timestamp())
            """)) {
      insert.setObject(1, JOB);
      insert.setInt(2, records);
      insert.executeUpdate();
    }
    String text = "{\"title\":\"%s\"}".formatted("lamp ".repeat(110));
    Iterable<NewItem> items =
        () ->
            IntStream.range(0, records)
                .mapToObj(seq -> NewItem.ready(seq, null, text, "key-" + seq, null))
                .iterator();
    Insertion.insert(connection, JOB, items);
    connection.commit();
  }

  /** Claims and completes all that there is; what each claim took, in nanoseconds. */
  private long[] consume(Connection connection) throws SQLException {
    long[] times = new long[(records + batch - 1) / batch];
    int claims = 0;
    long lastRaise = System.nanoTime();
    while (true) {
      long start = System.nanoTime();
      List<ClaimedItem> items =
          Claim.claim(connection, CLAIMANT, AGING, new Claim.Bounds(batch, Long.MAX_VALUE));
      connection.commit();
      if (items.isEmpty()) {
        return Arrays.copyOf(times, claims);
      }
      times[claims++] = System.nanoTime() - start;
      complete(connection, items);
      if (System.nanoTime() - lastRaise > BETWEEN_RAISES_NANOS) {
        raiseLowWaterMarks(connection);
        connection.commit();
        lastRaise = System.nanoTime();
      }
    }
  }

  /** Raises the low-water mark of each job, as the service does between heartbeats. */
  static void raiseLowWaterMarks(Connection connection) throws SQLException {
    if (LowWaterMark.begin(connection)) {
      connection.commit();
      LowWaterMark.raise(connection, LowWaterMark.Cursor.START);
    }
  }

  private static void complete(Connection connection, List<ClaimedItem> items) throws SQLException {
    List<Outcome> outcomes = new ArrayList<>(items.size());
    for (ClaimedItem item : items) {
      outcomes.add(Outcome.withoutCall(item, new Enhanced(item.record(), "a-model", false)));
    }
    CompletionStatement.apply(connection, outcomes);
    connection.commit();
  }

  /** Prints a row of the table; whether the last tenth of the times is within the bound. */
  static boolean told(String scenario, String what, double mustReach, long[] times) {
    int tenth = Math.min(times.length, Math.max(1, times.length / 10));
    long[] first = Arrays.copyOf(times, tenth);
    long[] last = Arrays.copyOfRange(times, times.length - tenth, times.length);
    double ratio = mean(last) / mean(first);
    boolean bounded = Double.isFinite(mustReach);
    boolean good = !bounded || ratio <= mustReach;
    System.out.printf(
        Locale.ROOT,
        "| %s | time of a %s, last tenth against first | %s | %.2f × (first %s; last %s) | %s |%n",
        scenario,
        what,
        bounded ? String.format(Locale.ROOT, "≤ %.1f ×", mustReach) : "as measured",
        ratio,
        words(first),
        words(last),
        bounded ? good ? "ok" : "FAIL" : "");
    return good;
  }

  private static double mean(long[] times) {
    return Arrays.stream(times).average().orElse(Double.NaN);
  }

  private static String words(long[] times) {
    if (times.length == 0) {
      return "none";
    }
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "mean %.2f ms, p50 %.2f, p99 %.2f",
        mean(times) / 1e6,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6);
  }
}
