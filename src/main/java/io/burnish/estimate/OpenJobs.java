package io.burnish.estimate;

import io.burnish.database.Sql;
import io.burnish.estimate.OpenWork.OpenJob;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads what the replicas have to do now. Thread-safe. */
@Singleton
class OpenJobs {

  /** Of more jobs than this, the oldest count. */
  private static final int MOST_JOBS = 200;

  private static final String JOBS =
      """
      SELECT CASE j.priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END AS step,
             GREATEST(0, extract(epoch FROM statement_timestamp() - j.created_at) * 1000)::bigint AS age_ms,
             GREATEST(0, j.total - j.cancelled - c.succeeded - c.failed - COALESCE(r.items, 0)) AS left,
             COALESCE(r.items, 0) AS running
      FROM job j JOIN job_counts c ON c.job_id = j.id LEFT JOIN (
        SELECT i.job_id, count(*) AS items FROM worker w JOIN item i ON i.worker_id = w.id
        WHERE i.state = 'running' GROUP BY i.job_id) r ON r.job_id = j.id
      WHERE j.state IN ('queued', 'running') AND j.provider = ?
      ORDER BY j.created_at, j.id LIMIT ?
      """;

  /** A worker whose heartbeat is older is about to be rescued. */
  private static final String WORKERS =
      """
      SELECT clock_timestamp() AS now,
             (SELECT count(*) FROM worker WHERE heartbeat_at > clock_timestamp() - interval '30 seconds') AS workers
      """;

  private final Sql sql;

  OpenJobs(Sql sql) {
    this.sql = sql;
  }

  /**
   * What there is to do, and by how many.
   *
   * @param now by the database's clock
   * @param workers replicas that work now; 1 where none does, because one is expected to
   * @param running records in flight
   * @param jobs that are open, oldest first, without their records in flight
   */
  record Present(Instant now, int workers, double running, List<OpenJob> jobs) {}

  /** What the replicas of a provider have to do now. */
  Present of(String provider) {
    return sql.run(connection -> read(connection, provider));
  }

  private static Present read(Connection connection, String provider) throws SQLException {
    try (PreparedStatement jobs = connection.prepareStatement(JOBS);
        PreparedStatement workers = connection.prepareStatement(WORKERS)) {
      jobs.setString(1, provider);
      jobs.setInt(2, MOST_JOBS);
      List<OpenJob> open = new ArrayList<>();
      double running = 0;
      try (ResultSet rows = jobs.executeQuery()) {
        while (rows.next()) {
          running += rows.getDouble("running");
          open.add(
              new OpenJob(
                  rows.getInt("step"),
                  Duration.ofMillis(rows.getLong("age_ms")),
                  rows.getDouble("left")));
        }
      }
      try (ResultSet row = workers.executeQuery()) {
        row.next();
        return new Present(
            row.getObject("now", OffsetDateTime.class).toInstant(),
            Math.max(1, row.getInt("workers")),
            running,
            open);
      }
    }
  }
}
