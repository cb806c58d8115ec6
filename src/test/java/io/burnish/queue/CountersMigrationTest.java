package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.queue.Outcome.Enhanced;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An upgrade in the middle of a job keeps what was counted, and counts on. */
class CountersMigrationTest {

  private static final String BEFORE = "8";

  private static final UUID JOB = UUID.fromString("01a217a8-52bc-7edf-9084-5a393360a083");

  /** Of a file with three records one has succeeded and one has failed; another came decided. */
  private static final String STATE_BEFORE =
      """
      INSERT INTO job (id, profile, mode, provider, state, options, total, succeeded, failed, reused, version,
                       created_at, started_at)
      VALUES ('%1$s', 'discount', 'enhance', 'groq', 'running', '{}', 4, 2, 1, 1, 7, now(), now());
      INSERT INTO job_file (job_id, ordinal, name, state, total, succeeded, failed, reused)
      VALUES ('%1$s', 0, 'a', 'accepted', 3, 1, 1, 0), ('%1$s', 1, 'b', 'accepted', 1, 1, 0, 1);
      INSERT INTO item (job_id, seq, file_ordinal, state, worker_id, fence, reused) VALUES
        ('%1$s', 0, 0, 'succeeded', NULL, 1, false), ('%1$s', 1, 0, 'failed', NULL, 1, false),
        ('%1$s', 2, 0, 'ready', NULL, 0, false), ('%1$s', 3, 1, 'succeeded', NULL, 1, true);
      INSERT INTO item_payload (item_id, record) SELECT id, '{}' FROM item;
      INSERT INTO job_model (job_id, model, succeeded, refused) VALUES ('%1$s', 'm', 1, 3);
      INSERT INTO job_usage VALUES ('%1$s', 'm', 4, 400, 40, 4)
      """
          .formatted(JOB);

  private static final String COUNTED =
      """
      SELECT concat_ws(' ', c.succeeded, c.failed, c.reused,
        (SELECT string_agg(concat_ws('/', f.succeeded, f.failed, f.reused), ' ' ORDER BY f.ordinal)
         FROM job_file_counts f WHERE f.job_id = c.job_id),
        (SELECT concat_ws('/', m.succeeded, m.refused) FROM job_model m WHERE m.job_id = c.job_id),
        (SELECT concat_ws('/', u.calls, u.prompt_tokens, u.completion_tokens, u.cached_tokens)
         FROM job_usage u WHERE u.job_id = c.job_id))
      FROM job_counts c
      """;

  @Test
  void counters_of_a_running_job_are_carried_over_and_counted_on() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start();
        Connection connection =
            DriverManager.getConnection(database.getJdbcUrl("postgres", "postgres"))) {
      migrate(database, BEFORE);
      run(connection, STATE_BEFORE);

      migrate(database, "latest");

      assertThat(text(connection, COUNTED)).isEqualTo("2 1 1 1/1/0 1/0/1 1/3 4/400/40/4");
      assertThat(Long.parseLong(text(connection, "SELECT version FROM job_counts")))
          .isGreaterThan(7);
      connection.setAutoCommit(false);
      ItemQueue.Completion last = completeTheRest(connection);
      assertThat(last.jobs().get(JOB).finished()).isTrue();
      assertThat(text(connection, COUNTED)).isEqualTo("3 1 1 2/1/0 1/0/1 1/3 4/400/40/4");
      assertThat(text(connection, "SELECT outcome FROM job")).isEqualTo("partial");
    }
  }

  private static ItemQueue.Completion completeTheRest(Connection connection) throws SQLException {
    Claimant worker = new Claimant(UUID.randomUUID(), "groq");
    List<ClaimedItem> rest =
        Claim.claim(
            connection, worker, Duration.ofMinutes(10), new Claim.Bounds(10, Long.MAX_VALUE));
    connection.commit();
    return CompletionStatement.apply(
        connection,
        rest.stream()
            .map(item -> Outcome.withoutCall(item, new Enhanced("{}", "m", false)))
            .toList());
  }

  private static void migrate(EmbeddedPostgres database, String version) {
    Flyway.configure()
        .dataSource(database.getJdbcUrl("postgres", "postgres"), "postgres", "")
        .target(version)
        .load()
        .migrate();
  }

  private static void run(Connection connection, String statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
