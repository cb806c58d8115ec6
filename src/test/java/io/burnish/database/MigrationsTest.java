package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of each earlier version, brought to the newest. */
class MigrationsTest {

  private static final String JOB = "'00000000-0000-7000-8000-000000000001'";
  private static final String CALL = "'00000000-0000-7000-8000-000000000002'";
  private static final String WORKER = "'00000000-0000-7000-8000-000000000003'";

  /** Rows that every version up to V8 can hold, one or more of each table. */
  private static final String ROWS =
      """
      INSERT INTO job (id, name, profile, mode, provider, state, options, total, succeeded, failed, reused, created_at, started_at)
      VALUES (%1$s, 'old', 'discount', 'enhance', 'groq', 'running', '{}', 4, 1, 1, 0, clock_timestamp(), clock_timestamp());
      INSERT INTO job_file (job_id, ordinal, name, state, total) VALUES (%1$s, 0, 'a.json', 'accepted', 4);
      INSERT INTO item (job_id, file_ordinal, seq, state, attempt, worker_id, fingerprint, record_key, due_at, wait_reason, error_code)
      VALUES (%1$s, 0, 0, 'succeeded', 1, NULL, '\\x01', 'a', NULL, NULL, NULL),
             (%1$s, 0, 1, 'failed', 11, NULL, '\\x02', 'b', NULL, NULL, 'refused'),
             (%1$s, 0, 2, 'running', 0, %3$s, '\\x03', 'c', NULL, NULL, NULL),
             (%1$s, 0, 3, 'waiting', 0, NULL, '\\x03', 'd', clock_timestamp(), 'in_flight_elsewhere', NULL);
      INSERT INTO item_payload (item_id, record) SELECT id, '{"title":"שלום"}' FROM item;
      INSERT INTO item_result (item_id, fence, record) SELECT id, 1, '{}' FROM item WHERE seq = 0;
      INSERT INTO item_failure (item_id, errors) SELECT id, ARRAY['no'] FROM item WHERE seq = 1;
      INSERT INTO flight (fingerprint, item_id) SELECT fingerprint, id FROM item WHERE seq = 2;
      INSERT INTO provider_call (id, model, outcome, http_status, prompt_tokens, completion_tokens, cached_tokens, latency_ms, raw_answer)
      VALUES (%2$s, 'm', 'answered', 200, 100, 20, 10, 500, '{}');
      INSERT INTO attempt (item_id, fence, call_id, outcome, errors)
      SELECT id, 1, %2$s, CASE seq WHEN 0 THEN 'accepted' WHEN 1 THEN 'refused' ELSE 'answered' END, NULL
      FROM item WHERE seq < 3;
      INSERT INTO job_model (job_id, model, succeeded, refused) VALUES (%1$s, 'm', 1, 1);
      INSERT INTO model_state (model, decommissioned_at, gone_reason) VALUES ('gone', clock_timestamp(), 'shut down');
      INSERT INTO worker (id, node) VALUES (%3$s, 'burnish-0');
      """
          .formatted(JOB, CALL, WORKER);

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void what_an_earlier_version_stored_is_there_in_the_newest(int version) throws SQLException {
    String database = "from_" + version;
    run("postgres", "CREATE DATABASE " + database);
    migrate(database, String.valueOf(version));
    run(database, ROWS + rowsOf(version));

    migrate(database, "latest");

    assertThat(number(database, "SELECT count(*) FROM item WHERE job_id = " + JOB)).isEqualTo(4);
    assertThat(number(database, "SELECT count(*) FROM item_payload")).isEqualTo(4);
    assertThat(number(database, "SELECT count(*) FROM item_result")).isEqualTo(1);
    assertThat(number(database, "SELECT count(*) FROM item_failure")).isEqualTo(1);
    assertThat(number(database, "SELECT count(*) FROM attempt WHERE call_id = " + CALL))
        .isEqualTo(3);
    assertThat(number(database, "SELECT count(*) FROM enhancement WHERE record_key = 'a'"))
        .isEqualTo(1);
    assertThat(number(database, "SELECT total FROM job WHERE id = " + JOB)).isEqualTo(4);
    assertThat(number(database, "SELECT count(*) FROM worker WHERE id = " + WORKER)).isEqualTo(1);
  }

  /** What has another form from version to version. */
  private static String rowsOf(int version) {
    String provider = version < 3 ? "" : ", provider";
    String isGroq = version < 3 ? "" : ", 'groq'";
    String enhancement =
        "INSERT INTO enhancement (profile, fingerprint, record_key, state, result, model%s) VALUES ('discount', '\\x01', 'a', 'processed', '{}', 'm'%s);"
            .formatted(provider, isGroq);
    String quota =
        version < 2
            ? "INSERT INTO model_quota (model, refilled_at) VALUES ('m', clock_timestamp());"
            : "INSERT INTO model_quota (model, tpm_limit, tpm_level, tpm_learned) VALUES ('m', 8000, 100, 'header');";
    String usage =
        version < 8
            ? "UPDATE job_model SET calls = 1, prompt_tokens = 100, completion_tokens = 20, cached_tokens = 10;"
            : "INSERT INTO job_usage (job_id, model, calls, prompt_tokens, completion_tokens, cached_tokens) VALUES (%s, 'm', 1, 100, 20, 10);"
                .formatted(JOB);
    String floor =
        version < 6 ? "" : "INSERT INTO claim_floor (job_id, seq) VALUES (%s, 2);".formatted(JOB);
    return enhancement + quota + usage + floor;
  }

  private static void migrate(String database, String target) {
    Flyway.configure()
        .dataSource(server.getJdbcUrl("postgres", database), "postgres", "postgres")
        .target(target)
        .load()
        .migrate();
  }

  private static void run(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", database));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
