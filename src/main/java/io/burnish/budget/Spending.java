package io.burnish.budget;

import io.burnish.job.spec.JobBudget;
import io.burnish.job.usage.ModelUsage;
import io.burnish.prices.Prices;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job may spend, has spent, and may still spend by its running items, as of one moment.
 *
 * @param budget its limits
 * @param spent tokens of its calls that are in the ledger, by model
 * @param reservedTokens reserved by running items
 * @param reservedCost the same in US$
 */
record Spending(JobBudget budget, List<Spent> spent, long reservedTokens, BigDecimal reservedCost) {

  /**
   * One statement, so one snapshot: a call is in the ledger before its items stop running, so it is
   * counted as spent, as reserved, or for a moment as both.
   */
  private static final String READ =
      """
      WITH RECURSIVE r AS (
        SELECT COALESCE(sum(reserved_tokens), 0) AS tokens, COALESCE(sum(reserved_cost), 0) AS cost FROM item
        WHERE job_id = ? AND state = 'running' AND reserved_fence IS NOT NULL AND reserved_fence = fence AND id <> ALL (?)),
      """
          + ModelUsage.NEWEST_ROWS
          + """
      SELECT j.max_tokens, j.max_cost, r.tokens, r.cost, u.model, u.prompt_tokens, u.completion_tokens, u.cached_tokens
      FROM job j CROSS JOIN r LEFT JOIN u ON true
      WHERE j.id = ?
      """;

  /** What calls to a model used. */
  record Spent(String model, long promptTokens, long completionTokens, long cachedTokens) {

    long tokens() {
      return promptTokens + completionTokens;
    }

    Optional<BigDecimal> cost(Prices prices) {
      return tokens() == 0
          ? Optional.of(BigDecimal.ZERO)
          : prices.cost(model, promptTokens, cachedTokens, completionTokens);
    }
  }

  /**
   * Reads the spending of a job.
   *
   * @param without running items whose reservation is not counted
   */
  static Spending of(Connection connection, UUID job, List<Long> without) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, job);
      statement.setArray(2, connection.createArrayOf("int8", without.toArray(Long[]::new)));
      statement.setObject(3, job);
      statement.setObject(4, job);
      try (ResultSet rows = statement.executeQuery()) {
        Spending spending = new Spending(JobBudget.NONE, List.of(), 0, BigDecimal.ZERO);
        List<Spent> spent = new ArrayList<>();
        while (rows.next()) {
          if (rows.getString("model") != null) {
            spent.add(spent(rows));
          }
          spending =
              new Spending(budget(rows), spent, rows.getLong("tokens"), rows.getBigDecimal("cost"));
        }
        return spending;
      }
    }
  }

  private static JobBudget budget(ResultSet row) throws SQLException {
    return new JobBudget(row.getObject("max_tokens", Long.class), row.getBigDecimal("max_cost"));
  }

  private static Spent spent(ResultSet row) throws SQLException {
    return new Spent(
        row.getString("model"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"),
        row.getLong("cached_tokens"));
  }

  long spentTokens() {
    return spent.stream().mapToLong(Spent::tokens).sum();
  }

  /** Empty if a model that was called has no price. */
  Optional<BigDecimal> spentCost(Prices prices) {
    return Prices.sum(spent.stream().map(each -> each.cost(prices)));
  }

  /**
   * Why the budget does not allow more calls, as a part of a sentence; null: it allows them.
   *
   * @param tokens that they use at most
   * @param cost that they have at most, in US$; empty if the price is not known
   */
  @Nullable String whyNot(long tokens, Optional<BigDecimal> cost, Prices prices) {
    Long maxTokens = budget.maxTokens();
    if (maxTokens != null && spentTokens() + reservedTokens + tokens > maxTokens) {
      return "the next call may use %d tokens, and %d of maxTokens %d are spent"
          .formatted(tokens, spentTokens(), maxTokens);
    }
    BigDecimal maxCost = budget.maxCost();
    if (maxCost == null) {
      return null;
    }
    Optional<BigDecimal> spentCost = spentCost(prices);
    if (cost.isEmpty() || spentCost.isEmpty()) {
      return "it has maxCost, and a model that it calls has no price";
    }
    return spentCost.get().add(reservedCost).add(cost.get()).compareTo(maxCost) > 0
        ? "the next call may cost US$ %s, and %s of maxCost %s are spent"
            .formatted(cost.get(), spentCost.get(), maxCost.toPlainString())
        : null;
  }

  /** Whether no other running item has reserved anything. */
  boolean nothingReserved() {
    return reservedTokens == 0 && reservedCost.signum() == 0;
  }
}
