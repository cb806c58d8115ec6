import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** The same work on db-scheduler: one call and one stored result an item, 64 threads. */
final class DbSchedulerReference {

  private static final int THREADS = 64;

  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea, execution_time timestamptz NOT NULL,
        picked boolean NOT NULL, picked_by text, last_success timestamptz, last_failure timestamptz,
        consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      CREATE TABLE result (item text PRIMARY KEY, answer text NOT NULL)
      """;

  private DbSchedulerReference() {}

  /** Calls a second over so many seconds, after a warm-up. */
  static double callsPerSecond(EmbeddedPostgres database, int port, String body, int warmUp, int seconds)
      throws Exception {
    DataSource source = pooled(database);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(
          "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version) SELECT 'ask', 'i' || i, now(), false, 1 FROM generate_series(1, "
              + 3_000 * (warmUp + seconds)
              + ") i");
    }
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/openai/v1/chat/completions"))
            .header("Authorization", "Bearer bench")
            .header("User-Agent", "bench")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    AtomicLong done = new AtomicLong();
    OneTimeTask<Void> task =
        Tasks.oneTime("ask")
            .execute(
                (instance, context) -> {
                  try {
                    HttpResponse<String> answer =
                        http.send(request, HttpResponse.BodyHandlers.ofString());
                    try (Connection connection = source.getConnection();
                        PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO result VALUES (?, ?)")) {
                      insert.setString(1, instance.getId());
                      insert.setString(2, answer.body());
                      insert.executeUpdate();
                    }
                    done.incrementAndGet();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
    Scheduler scheduler =
        Scheduler.create(source, task)
            .threads(THREADS)
            .pollUsingLockAndFetch(1.0, 4.0)
            .pollingInterval(Duration.ofMillis(100))
            .build();
    scheduler.start();
    Thread.sleep(warmUp * 1000L);
    long before = done.get();
    Instant start = Instant.now();
    Thread.sleep(seconds * 1000L);
    double rate = (done.get() - before) * 1000.0 / Duration.between(start, Instant.now()).toMillis();
    scheduler.stop();
    return rate;
  }

  /** The pool that Burnish has too, with as many connections. */
  private static DataSource pooled(EmbeddedPostgres database) throws Exception {
    return io.agroal.api.AgroalDataSource.from(
        new io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(16)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory.jdbcUrl(database.getJdbcUrl("postgres", "postgres")))));
  }
}
