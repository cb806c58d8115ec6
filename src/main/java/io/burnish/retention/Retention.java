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
 * Removes what is older than anybody wants to keep it, in steps of one short transaction each; only
 * one replica takes a step at a time. Whoever is killed between two steps leaves the rest to the
 * next. What was decided stays known: tracking is kept apart.
 */
@Singleton
public class Retention {

  /**
   * Held until the end of the transaction, so that it needs no giving back and works behind
   * connection poolers.
   */
  private static final String TURN =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('burnish.retention', 0))";

  /** The key is free again: who posts under it after such a time means another job. */
  private static final String CHOOSE =
      """
      UPDATE job SET removed_at = clock_timestamp(), idempotency_key = NULL WHERE id IN (
        SELECT id FROM job
        WHERE finished_at IS NOT NULL AND removed_at IS NULL
          AND finished_at < clock_timestamp() - ? * interval '1 second'
        ORDER BY finished_at LIMIT 100 FOR UPDATE SKIP LOCKED)
      """;

  private static final String CHOSEN =
      "SELECT id FROM job WHERE removed_at IS NOT NULL ORDER BY removed_at LIMIT 1";

  /** Its files and models go with it. */
  private static final String REMOVE = "DELETE FROM job WHERE id = ?";

  private final Sql sql;
  private final ItemPurge purge;

  Retention(Sql sql, ItemPurge purge) {
    this.sql = sql;
    this.purge = purge;
  }

  /**
   * One step in removing the jobs that ended longer ago than {@code age}. From its first step on a
   * job is gone for everybody.
   *
   * @param chunk items deleted at most; over 0
   * @return whether there may be more to do for this replica
   */
  public boolean purgeJobs(Duration age, int chunk) {
    return inTurn(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CHOOSE)) {
            statement.setLong(1, age.toSeconds());
            statement.executeUpdate();
          }
          Optional<UUID> job = chosen(connection);
          if (job.isPresent() && purge.items(job.get(), chunk) < chunk) {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
              statement.setObject(1, job.get());
              statement.executeUpdate();
            }
          }
          return job.isPresent();
        });
  }

  /**
   * One step in forgetting what models wrote longer ago than {@code age}, word by word.
   *
   * @param chunk calls touched at most; over 0
   * @return whether there may be more to do for this replica
   */
  public boolean purgeRawAnswers(Duration age, int chunk) {
    return inTurn(connection -> purge.rawAnswers(age, chunk) == chunk);
  }

  private boolean inTurn(Sql.Work<Boolean> step) {
    return QuarkusTransaction.requiringNew()
        .call(() -> sql.run(connection -> isOurTurn(connection) && step.on(connection)));
  }

  private static boolean isOurTurn(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TURN);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Optional<UUID> chosen(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHOSEN);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
    }
  }
}
