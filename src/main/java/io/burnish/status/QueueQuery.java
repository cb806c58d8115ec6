package io.burnish.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the depth of the queue and nothing else; its cost depends on the number of open jobs and of
 * running items. Thread-safe.
 */
@Singleton
public class QueueQuery {

  /** Common table expressions of {@link #COLUMNS}. */
  static final String TABLES =
      """
      open_jobs AS MATERIALIZED (
        SELECT j.id, j.state, j.total - j.cancelled - COALESCE(p.done, 0) AS items
        FROM (
          SELECT id, state, total, cancelled FROM job WHERE state IN ('queued', 'running')
          UNION ALL SELECT id, state, total, cancelled FROM job WHERE state = 'paused') j
        LEFT JOIN LATERAL (
          SELECT succeeded + failed AS done FROM job_progress WHERE job_id = j.id
          ORDER BY job_id DESC, version DESC LIMIT 1) p ON true),
      waiting AS MATERIALIZED (
        SELECT wait_reason, due_at FROM item WHERE state = 'waiting' ORDER BY due_at LIMIT %d)\
      """
          .formatted(QueueDepth.COUNTED);

  /** Columns of a queue's depth. */
  static final String COLUMNS =
      """
      COALESCE((SELECT sum(items) FROM open_jobs), 0) AS open,
        COALESCE((SELECT sum(items) FROM open_jobs WHERE state = 'paused'), 0) AS paused,
        (SELECT count(*) FROM item WHERE state = 'running') AS running,
        (SELECT count(*) FROM waiting) AS waiting,
        (SELECT extract(epoch FROM statement_timestamp() - j.created_at)::bigint
         FROM job j LEFT JOIN low_water_mark f ON f.job_id = j.id CROSS JOIN LATERAL (
           SELECT FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0)
           ORDER BY i.job_id, i.seq LIMIT 1) one
         WHERE j.state IN ('queued', 'running') ORDER BY j.created_at, j.id LIMIT 1) AS oldest_ready,
        (SELECT json_object_agg(state, jobs) FROM (
           SELECT state, count(*) AS jobs FROM open_jobs GROUP BY state ORDER BY state) s) AS jobs,
        (SELECT json_agg(w) FROM (
           SELECT wait_reason AS reason, count(*) AS items, min(due_at) AS until FROM waiting
           GROUP BY wait_reason ORDER BY wait_reason) w) AS waits\
      """;

  private static final String SQL =
      "WITH %s SELECT %s, (SELECT count(*) FROM worker) AS replicas".formatted(TABLES, COLUMNS);

  private final Sql sql;

  QueueQuery(Sql sql) {
    this.sql = sql;
  }

  /**
   * The queue of all replicas.
   *
   * @param replicas how many have a worker
   */
  public record Queue(QueueDepth depth, int replicas) {}

  /**
   * The queue now.
   *
   * @throws io.burnish.database.DatabaseException when the database is not available
   */
  public Queue now() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(SQL);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return new Queue(read(row), row.getInt("replicas"));
          }
        });
  }

  /** The depth in a row that has {@link #COLUMNS}. */
  static QueueDepth read(ResultSet row) throws SQLException {
    Long oldest = row.getObject("oldest_ready", Long.class);
    Map<String, Long> jobs = new LinkedHashMap<>();
    JsonColumns.json(row, "jobs")
        .properties()
        .forEach(e -> jobs.put(e.getKey(), e.getValue().asLong()));
    return new QueueDepth(
        row.getLong("open"),
        row.getLong("running"),
        row.getLong("waiting"),
        row.getLong("paused"),
        JsonColumns.list(row, "waits", QueueQuery::wait),
        oldest == null ? null : Duration.ofSeconds(Math.max(0, oldest)),
        jobs);
  }

  private static QueueDepth.Wait wait(JsonNode node) {
    return new QueueDepth.Wait(
        node.path("reason").asText(),
        node.path("items").asLong(),
        JsonColumns.instant(node, "until"));
  }
}
