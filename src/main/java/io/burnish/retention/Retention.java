package io.burnish.retention;

import io.burnish.database.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Removes old jobs, raw answers, history and audit, in steps of one short transaction each. An
 * advisory lock lets one replica at a time do a step. After a crash between two steps, the next run
 * of any replica continues. Tracking is not touched, so decisions stay known.
 */
@Singleton
class Retention {

  /** Released with the transaction, so it also works behind a connection pooler. */
  private static final String LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('burnish.retention', 0))";

  /** Frees the idempotency key: a request that old is not a retry. */
  private static final String MARK_REMOVED =
      """
      UPDATE job SET removed_at = clock_timestamp(), idempotency_key = NULL WHERE id IN (
        SELECT id FROM job
        WHERE finished_at IS NOT NULL AND removed_at IS NULL
          AND finished_at < clock_timestamp() - ? * interval '1 second'
        ORDER BY finished_at LIMIT 100 FOR UPDATE SKIP LOCKED)
      """;

  private static final String NEXT_REMOVED =
      "SELECT id FROM job WHERE removed_at IS NOT NULL ORDER BY removed_at LIMIT 1";

  /** Files, models and counters are deleted with the job (ON DELETE CASCADE). */
  private static final String DELETE = "DELETE FROM job WHERE id = ?";

  /** No completion changes a row of an earlier minute, so its place stays valid. */
  private static final String HISTORY =
      """
      DELETE FROM job_minute WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM job_minute WHERE minute < clock_timestamp() - ? * interval '1 second'
        ORDER BY minute LIMIT ?))
      """;

  private static final String AUDIT =
      """
      DELETE FROM audit WHERE id = ANY (ARRAY(
        SELECT id FROM audit WHERE at < clock_timestamp() - ? * interval '1 second' ORDER BY at LIMIT ?))
      """;

  private static final String USAGE =
      "DELETE FROM usage_minute WHERE minute < clock_timestamp() - ? * interval '1 second'";

  private final Sql sql;
  private final ItemPurge purge;

  Retention(Sql sql, ItemPurge purge) {
    this.sql = sql;
    this.purge = purge;
  }

  /**
   * Does one step in removing the jobs that ended longer ago than {@code age}. A job is invisible
   * to the API from its first step on.
   *
   * @param chunk items deleted at most; over 0
   * @return whether this replica may have more to do; false while another one does a step
   * @throws io.burnish.database.DatabaseException when the database refuses or is unavailable
   */
  boolean purgeJobs(Duration age, int chunk) {
    return underLock(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(MARK_REMOVED)) {
            statement.setLong(1, age.toSeconds());
            statement.executeUpdate();
          }
          Optional<UUID> job = nextRemoved(connection);
          if (job.isPresent() && purge.items(job.get(), chunk) < chunk) {
            try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
              statement.setObject(1, job.get());
              statement.executeUpdate();
            }
          }
          return job.isPresent();
        });
  }

  /**
   * Does one step in deleting the raw answers that are older than {@code age}.
   *
   * @param chunk calls changed at most; over 0
   * @return whether this replica may have more to do; false while another one does a step
   * @throws io.burnish.database.DatabaseException when the database refuses or is unavailable
   */
  boolean purgeRawAnswers(Duration age, int chunk) {
    return underLock(connection -> purge.rawAnswers(age, chunk) == chunk);
  }

  /**
   * Does one step in deleting the history that is older than {@code age}.
   *
   * @param chunk rows deleted at most; over 0
   * @return whether this replica may have more to do; false while another one does a step
   * @throws io.burnish.database.DatabaseException when the database refuses or is unavailable
   */
  boolean purgeHistory(Duration age, int chunk) {
    return underLock(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(USAGE)) {
            statement.setLong(1, age.toSeconds());
            statement.executeUpdate();
          }
          return deleted(connection, HISTORY, age, chunk) == chunk;
        });
  }

  /**
   * Does one step in deleting the rows of the audit that are older than {@code age}.
   *
   * @param chunk rows deleted at most; over 0
   * @return whether this replica may have more to do; false while another one does a step
   * @throws io.burnish.database.DatabaseException when the database refuses or is unavailable
   */
  boolean purgeAudit(Duration age, int chunk) {
    return underLock(connection -> deleted(connection, AUDIT, age, chunk) == chunk);
  }

  private static int deleted(Connection connection, String delete, Duration age, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setLong(1, age.toSeconds());
      statement.setInt(2, limit);
      return statement.executeUpdate();
    }
  }

  private boolean underLock(Sql.Work<Boolean> step) {
    return QuarkusTransaction.requiringNew()
        .call(() -> sql.run(connection -> tryLock(connection) && step.on(connection)));
  }

  private static boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Optional<UUID> nextRemoved(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT_REMOVED);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
    }
  }
}
