import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The same work on db-scheduler: one call and one stored result an item. */
final class DbSchedulerReference {

  /** More than it does in a second, so that work never runs out. */
  private static final int ITEMS_A_SECOND = 5_000;

  /** Its own table, as its README has it. */
  private static final String TABLES =
      """
      DROP TABLE IF EXISTS scheduled_tasks, result;
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea, execution_time timestamptz NOT NULL,
        picked boolean NOT NULL, picked_by text, last_success timestamptz, last_failure timestamptz,
        consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      CREATE TABLE result (item text PRIMARY KEY, answer text NOT NULL)
      """;

  private final String databaseAddress;
  private final HttpRequest request;
  private final int threads;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong done = new AtomicLong();

  /**
   * @param databaseAddress of a database; tables of those names are created again
   * @param provider where to ask
   * @param threads that ask
   * @param body of each call
   */
  DbSchedulerReference(String databaseAddress, URI provider, int threads, String body) {
    this.databaseAddress = databaseAddress;
    this.request =
        HttpRequest.newBuilder(provider)
            .header("Authorization", "Bearer bench")
            .header("User-Agent", "bench")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    this.threads = threads;
  }

  /** Calls a second over so many seconds, after so many others. */
  double callsPerSecond(int warmUp, int seconds) throws Exception {
    try (AgroalDataSource source = pool()) {
      schedule(source, ITEMS_A_SECOND * (warmUp + seconds));
      Scheduler scheduler =
          Scheduler.create(source, task(source))
              .threads(threads)
              // The faster of its two ways to poll; it fetches up to four times as many as threads.
              .pollUsingLockAndFetch(1.0, 4.0)
              .pollingInterval(Duration.ofMillis(100))
              .build();
      scheduler.start();
      try {
        Thread.sleep(1000L * warmUp);
        long before = done.get();
        long start = System.nanoTime();
        Thread.sleep(1000L * seconds);
        return (done.get() - before) * 1e9 / (System.nanoTime() - start);
      } finally {
        scheduler.stop();
      }
    }
  }

  private OneTimeTask<Void> task(AgroalDataSource source) {
    return Tasks.oneTime("ask")
        .execute(
            (instance, context) -> {
              store(source, instance.getId(), ask());
              done.incrementAndGet();
            });
  }

  private String ask() {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("told to stop", e);
    }
  }

  private static void store(AgroalDataSource source, String item, String answer) {
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO result VALUES (?, ?)")) {
      insert.setString(1, item);
      insert.setString(2, answer);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the result could not be stored", e);
    }
  }

  private static void schedule(AgroalDataSource source, int items) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
      statement.execute(
          """
          INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
          SELECT 'ask', 'i' || i, now(), false, 1 FROM generate_series(1, %d) i
          """
              .formatted(items));
    }
  }

  /** As many connections as Burnish has. */
  private AgroalDataSource pool() throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(16)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(to -> to.jdbcUrl(databaseAddress))));
  }
}
