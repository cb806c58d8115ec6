package io.burnish.job.directory;

import io.burnish.database.Sql;
import io.burnish.job.spec.JobDirectory;
import io.burnish.job.state.JobRunnable;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs on one data directory take turns. Two directories overlap when they are equal, or one lies
 * below the other. A job on a directory is stored as held: claims leave it out. It is released when
 * no job before it on an overlapping directory is left that is neither written back nor removed.
 *
 * <p>The order is {@code turn}. A job with a lower turn may be committed after one with a higher
 * turn was released: so a job waits for each released job too, whatever its turn. Releases exclude
 * each other by a lock, therefore at most one of overlapping jobs is released at any time.
 * Thread-safe, and safe across replicas.
 */
@Singleton
public class JobDirectories {

  /** Jobs of one call at most. */
  private static final int MOST_RELEASED = 200;

  private static final String ADD = "INSERT INTO job_directory (job_id, path) VALUES (?, ?)";

  private static final String IS_HELD = "SELECT FROM job WHERE held LIMIT 1";

  /** Until the end of the transaction. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('burnish.job-directories', 0))";

  /** Jobs {@code e} that go before the job of {@code d}. */
  private static final String AHEAD =
      """
      FROM job_directory e JOIN job o ON o.id = e.job_id
      WHERE e.written_at IS NULL AND o.removed_at IS NULL AND e.job_id <> d.job_id
        AND (e.turn < d.turn OR NOT o.held) AND (starts_with(e.path, d.path) OR starts_with(d.path, e.path))
      """;

  private static final String RELEASE =
      """
      WITH released AS (
        UPDATE job SET held = false, version = version + 1
        WHERE id = (
          SELECT j.id FROM job j JOIN job_directory d ON d.job_id = j.id
          WHERE j.held AND NOT EXISTS (SELECT
      """
          + AHEAD
          + """
          )
          ORDER BY d.turn LIMIT 1 FOR NO KEY UPDATE OF j SKIP LOCKED)
        RETURNING id)
      UPDATE job_directory SET due_at = clock_timestamp() FROM released WHERE job_id = released.id RETURNING job_id
      """;

  private static final String FIRST_AHEAD =
      "SELECT f.job_id FROM job_directory d CROSS JOIN LATERAL (SELECT e.job_id, o.held, e.turn "
          + AHEAD
          + ") f WHERE d.job_id = ? ORDER BY f.held, f.turn LIMIT 1";

  /** The caller has locked the job. A job that was written back goes to the end of the line. */
  private static final String REOPEN =
      """
      WITH before AS MATERIALIZED (SELECT written_at FROM job_directory WHERE job_id = ? FOR UPDATE),
      reopened AS (
        UPDATE job_directory d SET fence = fence + 1, tries = 0, error = NULL, written = '{}', written_at = NULL,
          due_at = clock_timestamp(),
          turn = CASE WHEN before.written_at IS NULL THEN turn ELSE nextval('job_directory_turn') END
        FROM before WHERE d.job_id = ?)
      UPDATE job SET held = held OR before.written_at IS NOT NULL FROM before WHERE id = ?
      """;

  private static final String OF_JOB =
      """
      SELECT d.path, j.held, d.tries, d.error, d.due_at, d.written_at
      FROM job_directory d JOIN job j ON j.id = d.job_id WHERE d.job_id = ?
      """;

  private final Sql sql;
  private final Event<JobRunnable> runnable;

  JobDirectories(Sql sql, Event<JobRunnable> runnable) {
    this.sql = sql;
    this.runnable = runnable;
  }

  /**
   * Adds the directory of a job, in the transaction that stores the job.
   *
   * @param path below the root, as {@link JobDirectory#path}
   */
  public void add(UUID job, String path) {
    sql.run(
        connection -> {
          try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, job);
            add.setString(2, JobDirectory.stored(path));
            return add.executeUpdate();
          }
        });
  }

  /**
   * Prepares a job that is retried for another write-back, in the transaction that has locked the
   * job. A write-back in progress is dropped. No effect on a job without a directory.
   */
  public void reopen(UUID job) {
    sql.run(
        connection -> {
          try (PreparedStatement reopen = connection.prepareStatement(REOPEN)) {
            reopen.setObject(1, job);
            reopen.setObject(2, job);
            reopen.setObject(3, job);
            return reopen.executeUpdate();
          }
        });
  }

  /** Releases each held job whose turn it is. */
  public void release() {
    boolean released = true;
    for (int i = 0; i < MOST_RELEASED && released; i++) {
      released = sql.run(this::releaseOne);
    }
  }

  private boolean releaseOne(Connection connection) throws SQLException {
    try (PreparedStatement isHeld = connection.prepareStatement(IS_HELD);
        ResultSet held = isHeld.executeQuery()) {
      if (!held.next()) {
        return false;
      }
    }
    // The next statement has a snapshot of its own, which has what the holder of the lock did.
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.execute();
    }
    try (PreparedStatement release = connection.prepareStatement(RELEASE);
        ResultSet row = release.executeQuery()) {
      if (!row.next()) {
        return false;
      }
      runnable.fire(new JobRunnable(row.getObject(1, UUID.class)));
      return true;
    }
  }

  /** The job that a held job waits for; empty when it is released at once. */
  public Optional<UUID> firstAhead(UUID job) {
    return sql.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(FIRST_AHEAD)) {
            select.setObject(1, job);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
          }
        });
  }

  /** The directory of a job; empty when it was posted without one. */
  public Optional<JobDirectory> ofJob(UUID job) {
    return sql.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OF_JOB)) {
            select.setObject(1, job);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(directory(row)) : Optional.empty();
            }
          }
        });
  }

  private static JobDirectory directory(ResultSet row) throws SQLException {
    Instant writtenAt = time(row, "written_at");
    return new JobDirectory(
        shown(row.getString("path")),
        row.getBoolean("held"),
        row.getInt("tries"),
        row.getString("error"),
        writtenAt == null ? time(row, "due_at") : null,
        writtenAt);
  }

  /** The path as {@link JobDirectory#path} has it. */
  static String shown(String stored) {
    return stored.equals("/") ? "." : stored.substring(1, stored.length() - 1);
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
