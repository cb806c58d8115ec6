package io.burnish.job.control;

import io.burnish.database.BoundStatement;
import io.burnish.database.Sql;
import io.burnish.job.stored.LockedJob;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Locks the row of a job, and writes what its owner asked for. Thread-safe. */
@Singleton
class JobStates {

  /** A retry or a removal of a job of two million items takes some tens of seconds. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final String CANCEL =
      """
      UPDATE job SET end_requested = 'cancelled', end_requested_at = clock_timestamp(), version = version + 1
      WHERE id = ?
      """;

  private static final String PAUSE =
      """
      UPDATE job SET state = 'paused', pause_reason = 'owner', paused_by = ?, paused_at = clock_timestamp(),
        version = version + 1
      WHERE id = ?
      """;

  private static final String RESUME =
      """
      UPDATE job SET state = CASE WHEN started_at IS NULL THEN 'queued' ELSE 'running' END, pause_reason = NULL,
        paused_by = NULL, paused_at = NULL, version = version + 1
      WHERE id = ?
      """;

  private static final String REMOVE =
      "UPDATE job SET removed_at = clock_timestamp(), idempotency_key = NULL WHERE id = ?";

  private final Sql sql;

  JobStates(Sql sql) {
    this.sql = sql;
  }

  /**
   * Changes a job in one transaction, which holds the lock of its row.
   *
   * @param change not called when there is no such job; what it throws rolls everything back
   * @return whether there is such a job
   */
  boolean locked(UUID id, Consumer<LockedJob> change) {
    return sql.runLong(
        LONGEST,
        connection -> {
          Optional<LockedJob> job = LockedJob.of(connection, id);
          job.ifPresent(change);
          return job.isPresent();
        });
  }

  /** Requests that the job ends as cancelled. */
  void cancel(LockedJob job) {
    update(CANCEL, job.id());
  }

  /** Makes it paused, by this key or token. */
  void pause(LockedJob job, String by) {
    update(PAUSE, by, job.id());
  }

  /** Makes it queued, or running if it had started. */
  void resume(LockedJob job) {
    update(RESUME, job.id());
  }

  /** Hides it from readers, and frees its Idempotency-Key. */
  void remove(LockedJob job) {
    update(REMOVE, job.id());
  }

  /** Writes new values of its options. */
  void change(LockedJob job, JobChanges changes) {
    sql.run(connection -> changes.apply(connection, job.id()));
  }

  private void update(String statement, Object... values) {
    sql.run(connection -> BoundStatement.of(statement, values).update(connection));
  }
}
