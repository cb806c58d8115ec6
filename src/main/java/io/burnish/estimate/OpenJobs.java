package io.burnish.estimate;

import io.burnish.database.Sql;
import io.burnish.estimate.OpenWork.OpenJob;
import io.burnish.job.spec.JobDirectory;
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
import org.jspecify.annotations.Nullable;

/** Reads what the replicas have to do now. Thread-safe. */
@Singleton
class OpenJobs {

  /** Of more jobs than this, those that go ahead and the oldest count. */
  private static final int MOST_JOBS = 200;

  private static final String JOBS =
      """
      SELECT CASE j.priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END AS step,
             GREATEST(0, extract(epoch FROM statement_timestamp() - j.created_at) * 1000)::bigint AS age_ms,
             GREATEST(0, j.total - j.cancelled - c.succeeded - c.failed - COALESCE(r.items, 0)) AS left,
             COALESCE(r.items, 0) AS running, d.job_id IS NOT NULL AS ahead
      FROM job j JOIN job_counts c ON c.job_id = j.id LEFT JOIN (
        SELECT i.job_id, count(*) AS items FROM worker w JOIN item i ON i.worker_id = w.id
        WHERE i.state = 'running' GROUP BY i.job_id) r ON r.job_id = j.id
        LEFT JOIN job_directory d ON d.job_id = j.id AND (starts_with(d.path, ?) OR starts_with(?, d.path))
      WHERE j.state IN ('queued', 'running') AND j.provider = ?
      ORDER BY ahead DESC, j.created_at, j.id LIMIT ?
      """;

  /** A job that is not worked on, and that a job on an overlapping directory waits for. */
  private static final String STOPPED =
      """
      SELECT EXISTS (
        SELECT FROM job_directory d JOIN job j ON j.id = d.job_id
        WHERE d.written_at IS NULL AND j.removed_at IS NULL AND j.finished_at IS NULL
          AND (j.state = 'paused' OR j.provider <> ?) AND (starts_with(d.path, ?) OR starts_with(?, d.path)))
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
   * @param jobs that are open, without their records in flight
   * @param stopped whether a job on an overlapping directory is open and not worked on: it is
   *     paused
   */
  record Present(Instant now, int workers, double running, List<OpenJob> jobs, boolean stopped) {}

  /**
   * What the replicas of a provider have to do now.
   *
   * @param dataDir the directory on which jobs take turns, as {@link JobDirectory#path}; null: none
   */
  Present of(String provider, @Nullable String dataDir) {
    String directory = dataDir == null ? null : JobDirectory.stored(dataDir);
    return sql.run(connection -> read(connection, provider, directory));
  }

  private static Present read(Connection connection, String provider, @Nullable String directory)
      throws SQLException {
    try (PreparedStatement jobs = connection.prepareStatement(JOBS);
        PreparedStatement workers = connection.prepareStatement(WORKERS)) {
      jobs.setString(1, directory);
      jobs.setString(2, directory);
      jobs.setString(3, provider);
      jobs.setInt(4, MOST_JOBS);
      List<OpenJob> open = new ArrayList<>();
      double running = 0;
      try (ResultSet rows = jobs.executeQuery()) {
        while (rows.next()) {
          running += rows.getDouble("running");
          open.add(
              new OpenJob(
                  rows.getInt("step"),
                  Duration.ofMillis(rows.getLong("age_ms")),
                  rows.getDouble("left"),
                  rows.getBoolean("ahead")));
        }
      }
      try (ResultSet row = workers.executeQuery()) {
        row.next();
        return new Present(
            row.getObject("now", OffsetDateTime.class).toInstant(),
            Math.max(1, row.getInt("workers")),
            running,
            open,
            directory != null && isStopped(connection, provider, directory));
      }
    }
  }

  private static boolean isStopped(Connection connection, String provider, String directory)
      throws SQLException {
    try (PreparedStatement stopped = connection.prepareStatement(STOPPED)) {
      stopped.setString(1, provider);
      stopped.setString(2, directory);
      stopped.setString(3, directory);
      try (ResultSet row = stopped.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
