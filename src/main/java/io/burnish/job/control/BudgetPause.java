package io.burnish.job.control;

import io.burnish.database.Sql;
import io.burnish.job.spec.JobBudget;
import io.burnish.job.stored.JobLog;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Pauses jobs whose budget is used up. Thread-safe. */
@Singleton
public class BudgetPause {

  /** The budget may have been raised since it was read. */
  private static final String PAUSE =
      """
      UPDATE job SET state = 'paused', pause_reason = 'budget', paused_by = NULL, paused_at = clock_timestamp(),
        version = version + 1
      WHERE id = ? AND state IN ('queued', 'running') AND end_requested IS NULL
        AND max_tokens IS NOT DISTINCT FROM ?::bigint AND max_cost IS NOT DISTINCT FROM ?::numeric
      RETURNING name
      """;

  private final Sql sql;

  BudgetPause(Sql sql) {
    this.sql = sql;
  }

  /**
   * Pauses a job, unless it is paused, about to end or has another budget by now. Takes part in the
   * caller's transaction.
   *
   * @param budget the budget that is used up
   * @param why as part of a sentence
   */
  public void pause(UUID id, JobBudget budget, String why) {
    sql.run(connection -> pause(connection, id, budget, why));
  }

  private static boolean pause(Connection connection, UUID id, JobBudget budget, String why)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.setObject(1, id);
      statement.setObject(2, budget.maxTokens());
      statement.setObject(3, budget.maxCost());
      try (ResultSet row = statement.executeQuery()) {
        boolean paused = row.next();
        if (paused) {
          JobLog.overBudget(id, Optional.ofNullable(row.getString("name")), why);
        }
        return paused;
      }
    }
  }
}
