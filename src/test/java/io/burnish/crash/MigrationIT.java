package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.crash.Database.Hold;
import io.burnish.crash.Invariants.Posted;
import io.burnish.record.RecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upgrade that is killed while it changes the tables, with work of the old version waiting. */
@Tag("crash")
class MigrationIT {

  private static final String OLD_VERSION = "5";

  private static final String LATEST =
      "SELECT max(version::int) FROM flyway_schema_history WHERE success";

  @RegisterExtension static final Environment STAGE = new Environment();

  @Test
  void killed_in_a_migration_the_next_start_migrates_and_works_on() throws Exception {
    migrateToOldVersion();
    Batch batch = Batch.of(20);
    UUID job = UUID.randomUUID();
    insert(job, batch);

    long before;
    try (Hold hold =
        STAGE.database().hold(Environment.DATABASE, "LOCK TABLE job IN ACCESS SHARE MODE")) {
      Replica victim = STAGE.launch("a", Map.of());
      hold.untilBlocked(1);
      victim.kill();
      before = STAGE.database().number(Environment.DATABASE, LATEST);
    }
    Replica next = STAGE.start("a");

    assertThat(before).isEqualTo(Long.parseLong(OLD_VERSION));
    assertThat(STAGE.database().number(Environment.DATABASE, LATEST)).isGreaterThan(before);
    Invariants.isWhole(STAGE, next, new Posted(batch, job.toString()), batch.size());
  }

  private static void migrateToOldVersion() {
    Flyway.configure()
        .dataSource(
            Database.url(STAGE.database().port(), Environment.DATABASE), "postgres", "postgres")
        .target(OLD_VERSION)
        .load()
        .migrate();
  }

  /** A job as the old version left it. */
  private static void insert(UUID job, Batch batch) throws SQLException {
    try (Connection connection = STAGE.database().connect(Environment.DATABASE)) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO job (id, profile, mode, provider, state, options, total, created_at)
              VALUES (?, 'discount', 'enhance', 'groq', 'queued',
                      '{"dedupe":"NONE","retryFailed":false,"rulesOff":[]}', ?, clock_timestamp())
              """)) {
        insert.setObject(1, job);
        insert.setInt(2, batch.size());
        insert.executeUpdate();
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              WITH i AS (INSERT INTO item (job_id, seq, state) VALUES (?, ?, 'ready') RETURNING id)
              INSERT INTO item_payload (item_id, record) SELECT id, ? FROM i
              """)) {
        int seq = 0;
        for (ObjectNode record : batch.records()) {
          insert.setObject(1, job);
          insert.setInt(2, seq++);
          insert.setString(3, RecordJson.write(record));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }
}
