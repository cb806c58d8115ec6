package io.burnish.job.control;

import io.burnish.job.spec.JobBudget;
import io.burnish.job.spec.JobPriority;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a job. A field that is null stays as it is; {@link Change} with a null value clears.
 *
 * @param name the new name
 * @param priority the new priority
 * @param deadline the new deadline
 * @param maxTokens the new budget of tokens
 * @param maxCost the new budget in US$
 */
public record JobChanges(
    @Nullable Change<String> name,
    @Nullable JobPriority priority,
    @Nullable Change<Instant> deadline,
    @Nullable Change<Long> maxTokens,
    @Nullable Change<BigDecimal> maxCost) {

  private static final String UPDATE =
      """
      UPDATE job SET name = CASE WHEN ? THEN ? ELSE name END, priority = COALESCE(?, priority),
        deadline = CASE WHEN ? THEN ?::timestamptz ELSE deadline END,
        max_tokens = CASE WHEN ? THEN ?::bigint ELSE max_tokens END,
        max_cost = CASE WHEN ? THEN ?::numeric ELSE max_cost END, version = version + 1
      WHERE id = ?
      """;

  /**
   * A new value.
   *
   * @param value null: none from now on
   */
  public record Change<T>(@Nullable T value) {}

  boolean concernOnlyName() {
    return priority == null && deadline == null && !concernBudget();
  }

  boolean concernBudget() {
    return maxTokens != null || maxCost != null;
  }

  /** A higher cost counts against the limit of the key that posted the job. */
  private static final String RAISE =
      "UPDATE access_key_cost SET at_most = GREATEST(at_most, ?) WHERE job_id = ?";

  int apply(Connection connection, UUID job) throws SQLException {
    if (maxCost != null) {
      try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
        BigDecimal cost = maxCost.value();
        statement.setBigDecimal(1, cost == null ? JobBudget.MOST_COST : cost);
        statement.setObject(2, job);
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      Instant ends = value(deadline);
      statement.setBoolean(1, name != null);
      statement.setString(2, value(name));
      statement.setString(3, priority == null ? null : priority.word());
      statement.setBoolean(4, deadline != null);
      statement.setObject(5, ends == null ? null : OffsetDateTime.ofInstant(ends, ZoneOffset.UTC));
      statement.setBoolean(6, maxTokens != null);
      statement.setObject(7, value(maxTokens));
      statement.setBoolean(8, maxCost != null);
      statement.setObject(9, value(maxCost));
      statement.setObject(10, job);
      return statement.executeUpdate();
    }
  }

  private static <T> @Nullable T value(@Nullable Change<T> change) {
    return change == null ? null : change.value();
  }
}
