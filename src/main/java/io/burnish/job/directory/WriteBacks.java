package io.burnish.job.directory;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The write-backs of ended jobs to their data directories. A replica takes one with a lease, which
 * it prolongs; another replica takes it when the lease has expired. Thread-safe, and safe across
 * replicas.
 */
@Singleton
public class WriteBacks {

  /** Time after which a replica that does not prolong its lease has lost it. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  /** Candidates of one call at most. */
  private static final int CANDIDATES = 50;

  private static final String DUE =
      """
      SELECT d.job_id, d.path, d.tried_by,
             extract(epoch FROM clock_timestamp() - GREATEST(d.due_at, j.finished_at)) AS overdue
      FROM job_directory d JOIN job j ON j.id = d.job_id
      WHERE d.written_at IS NULL AND d.due_at <= clock_timestamp()
        AND j.finished_at IS NOT NULL AND NOT j.held AND j.removed_at IS NULL
      ORDER BY d.due_at LIMIT ?
      """;

  private static final String TAKE =
      """
      UPDATE job_directory d SET fence = fence + 1, tries = tries + 1, tried_by = ?,
        due_at = clock_timestamp() + ? * interval '1 second'
      FROM job j
      WHERE d.job_id = ? AND d.written_at IS NULL AND d.due_at <= clock_timestamp() AND j.id = d.job_id
        AND j.finished_at IS NOT NULL AND NOT j.held AND j.removed_at IS NULL
      RETURNING d.fence, d.tries, d.path, d.error, d.written, j.name, j.profile
      """;

  private static final String PROLONG =
      """
      UPDATE job_directory SET due_at = clock_timestamp() + ? * interval '1 second'
      WHERE job_id = ? AND fence = ? AND written_at IS NULL
        AND EXISTS (SELECT FROM job j WHERE j.id = job_id AND j.removed_at IS NULL)
      """;

  /** As completions do, so that a retry and the end of a write-back can't deadlock. */
  private static final String LOCK_JOB = "SELECT FROM job WHERE id = ? FOR NO KEY UPDATE";

  private static final String WRITTEN =
      """
      UPDATE job_directory SET error = NULL, written_at = clock_timestamp()
      WHERE job_id = ? AND fence = ? AND written_at IS NULL
      """;

  private static final String FAILED =
      """
      UPDATE job_directory SET error = ?, written = ?, due_at = clock_timestamp() + ? * interval '1 millisecond'
      WHERE job_id = ? AND fence = ? AND written_at IS NULL
      """;

  private static final String NEW_VERSION = "UPDATE job SET version = version + 1 WHERE id = ?";

  private final Sql sql;
  private final JobDirectories directories;

  WriteBacks(Sql sql, JobDirectories directories) {
    this.sql = sql;
    this.directories = directories;
  }

  /** Write-backs that are due, the oldest first. */
  public List<DueWriteBack> due() {
    return sql.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setInt(1, CANDIDATES);
            try (ResultSet rows = select.executeQuery()) {
              List<DueWriteBack> due = new ArrayList<>();
              while (rows.next()) {
                due.add(
                    new DueWriteBack(
                        rows.getObject("job_id", UUID.class),
                        JobDirectories.shown(rows.getString("path")),
                        rows.getObject("tried_by", UUID.class),
                        Duration.ofMillis((long) (rows.getDouble("overdue") * 1000))));
              }
              return due;
            }
          }
        });
  }

  /** Takes a write-back for a replica; empty when another one has taken it, or it is not due. */
  public Optional<WriteBackTry> take(UUID job, UUID replica) {
    return sql.run(
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setObject(1, replica);
            take.setLong(2, LEASE.toSeconds());
            take.setObject(3, job);
            try (ResultSet row = take.executeQuery()) {
              return row.next() ? Optional.of(taken(job, row)) : Optional.empty();
            }
          }
        });
  }

  private static WriteBackTry taken(UUID job, ResultSet row) throws SQLException {
    return new WriteBackTry(
        job,
        row.getInt("fence"),
        row.getInt("tries"),
        JobDirectories.shown(row.getString("path")),
        row.getString("error"),
        new TreeSet<>(Arrays.asList((Integer[]) row.getArray("written").getArray())),
        Optional.ofNullable(row.getString("name")),
        row.getString("profile"));
  }

  /** Prolongs the lease; false when it is lost, or the job was retried or deleted. */
  public boolean prolong(WriteBackTry current) {
    return sql.run(
        connection -> {
          try (PreparedStatement prolong = connection.prepareStatement(PROLONG)) {
            prolong.setLong(1, LEASE.toSeconds());
            prolong.setObject(2, current.job());
            prolong.setInt(3, current.fence());
            return prolong.executeUpdate() > 0;
          }
        });
  }

  /** All files are written: the next job on the directory goes on. No effect without the lease. */
  public void written(WriteBackTry current) {
    boolean applied =
        sql.run(
            connection -> {
              try (PreparedStatement written = connection.prepareStatement(WRITTEN)) {
                written.setObject(1, current.job());
                written.setInt(2, current.fence());
                return change(connection, current.job(), written);
              }
            });
    if (applied) {
      directories.release();
    }
  }

  /**
   * The try failed. No effect without the lease.
   *
   * @param error why, as a sentence
   * @param written ordinals of all files that are written by now
   * @param wait until the next try
   */
  public void failed(WriteBackTry current, String error, Set<Integer> written, Duration wait) {
    sql.run(
        connection -> {
          try (PreparedStatement failed = connection.prepareStatement(FAILED)) {
            failed.setString(1, error);
            failed.setArray(2, connection.createArrayOf("int4", written.toArray()));
            failed.setLong(3, wait.toMillis());
            failed.setObject(4, current.job());
            failed.setInt(5, current.fence());
            return change(connection, current.job(), failed);
          }
        });
  }

  /** Runs a change under the lock of the job, whose readers see a new version of it. */
  private static boolean change(Connection connection, UUID job, PreparedStatement change)
      throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK_JOB);
        PreparedStatement version = connection.prepareStatement(NEW_VERSION)) {
      lock.setObject(1, job);
      lock.execute();
      boolean applied = change.executeUpdate() > 0;
      if (applied) {
        version.setObject(1, job);
        version.executeUpdate();
      }
      return applied;
    }
  }
}
