package io.burnish.job.post;

import io.burnish.database.BoundStatement;
import io.burnish.database.Sql;
import io.burnish.job.spec.JobBudget;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.PostLimits;
import io.burnish.job.stored.JobRepository;
import io.burnish.prices.Prices;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds access keys to their limits, over all replicas: jobs of a key with a limit are stored one
 * at a time. Of the cost of a day, each job takes its {@code maxCost} while it is open, and what it
 * did cost once it is finished. A job without {@code maxCost} takes what is left, and has that as
 * its {@code maxCost}. So the jobs that a key posts in a UTC day never cost more than its limit.
 * Thread-safe.
 */
@Singleton
public class KeyAllowance {

  private static final Duration OPEN_JOBS_RETRY = Duration.ofSeconds(30);

  private static final String OPEN_JOBS =
      "SELECT count(*) FROM job WHERE key_id = ? AND finished_at IS NULL AND removed_at IS NULL";

  private static final String POSTED = "SELECT FROM job WHERE idempotency_key = ? AND owner = ?";

  private static final String TODAY = "(clock_timestamp() AT TIME ZONE 'UTC')::date";

  private static final String COSTS =
      """
      SELECT c.at_most, j.finished_at IS NOT NULL AS finished, u.model, u.prompt_tokens, u.completion_tokens, u.cached_tokens
      FROM access_key_cost c
      LEFT JOIN job j ON j.id = c.job_id AND j.removed_at IS NULL
      LEFT JOIN LATERAL (
        SELECT DISTINCT ON (model) model, prompt_tokens, completion_tokens, cached_tokens FROM job_usage
        WHERE job_id = c.job_id AND j.finished_at IS NOT NULL ORDER BY model, version DESC) u ON true
      WHERE c.key_id = ? AND c.day = %s
      """
          .formatted(TODAY);

  private static final String TO_MIDNIGHT =
      "SELECT extract(epoch FROM (%s + 1)::timestamp - (clock_timestamp() AT TIME ZONE 'UTC'))"
          .formatted(TODAY);

  private static final String FORGET =
      "DELETE FROM access_key_cost WHERE key_id = ? AND day < %s - 2".formatted(TODAY);

  private static final String TAKE =
      "INSERT INTO access_key_cost (key_id, day, job_id, at_most) VALUES (?, %s, ?, ?)"
          .formatted(TODAY);

  private final Sql sql;
  private final Prices prices;

  KeyAllowance(Sql sql, Prices prices) {
    this.sql = sql;
    this.prices = prices;
  }

  /** Whether the owner has a job that was posted under this Idempotency-Key. */
  public boolean isPosted(String owner, String idempotencyKey) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(POSTED)) {
            statement.setString(1, idempotencyKey);
            statement.setString(2, owner);
            try (ResultSet row = statement.executeQuery()) {
              return row.next();
            }
          }
        });
  }

  /**
   * Checks the limits before a job is read; {@link #take} decides.
   *
   * @throws KeyLimitException when a limit is reached already
   */
  public void require(JobOrigin origin) {
    UUID key = origin.keyId();
    if (key != null) {
      sql.run(
          connection -> {
            requireOpenJobs(connection, key, origin.limits());
            left(connection, key, origin.limits());
            return null;
          });
    }
  }

  /**
   * Takes from the limits for a job, in the transaction that stores it. That holds the lock of the
   * key ({@link JobRepository#lockLimits}).
   *
   * @return the budget that the job may have
   * @throws KeyLimitException when a limit does not allow the job
   */
  JobBudget take(JobOrigin origin, UUID job, JobBudget asked) {
    UUID key = origin.keyId();
    if (key == null || !origin.isLimited()) {
      return asked;
    }
    return sql.run(
        connection -> {
          requireOpenJobs(connection, key, origin.limits());
          BigDecimal left = left(connection, key, origin.limits());
          if (left == null) {
            return asked;
          }
          BigDecimal cost = asked.maxCost() == null ? left : asked.maxCost();
          if (cost.compareTo(left) > 0) {
            throw new KeyLimitException(
                "maxCost is %s, and of the US$ %s that the jobs of this key may cost in a UTC day %s are left; name a lower maxCost, or wait"
                    .formatted(
                        cost.toPlainString(),
                        plain(origin.limits().costPerDay()),
                        left.toPlainString()),
                untilMidnight(connection));
          }
          BoundStatement.of(FORGET, key).update(connection);
          BoundStatement.of(TAKE, key, job, cost).update(connection);
          return new JobBudget(asked.maxTokens(), cost);
        });
  }

  private static void requireOpenJobs(Connection connection, UUID key, PostLimits limits)
      throws SQLException {
    Integer most = limits.openJobs();
    if (most == null) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(OPEN_JOBS)) {
      statement.setObject(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) >= most) {
          throw new KeyLimitException(
              "%d jobs of this key are not finished, and it may have %d; post again when one is"
                  .formatted(row.getLong(1), most),
              OPEN_JOBS_RETRY);
        }
      }
    }
  }

  /** What the jobs of today may still cost; null: no limit. */
  private @Nullable BigDecimal left(Connection connection, UUID key, PostLimits limits)
      throws SQLException {
    BigDecimal most = limits.costPerDay();
    if (most == null) {
      return null;
    }
    BigDecimal left = most.subtract(taken(connection, key));
    if (left.signum() <= 0) {
      throw new KeyLimitException(
          "the jobs of this key may cost US$ %s in a UTC day, and that is spent or taken by its open jobs"
              .formatted(plain(most)),
          untilMidnight(connection));
    }
    return left;
  }

  private BigDecimal taken(Connection connection, UUID key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COSTS)) {
      statement.setObject(1, key);
      BigDecimal taken = BigDecimal.ZERO;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (!rows.getBoolean("finished")) {
            taken = taken.add(rows.getBigDecimal("at_most"));
          } else if (rows.getString("model") != null) {
            taken = taken.add(cost(rows));
          }
        }
      }
      return taken;
    }
  }

  /** A job with {@code maxCost} asks only models with a price. */
  private BigDecimal cost(ResultSet row) throws SQLException {
    return prices
        .cost(
            row.getString("model"),
            row.getLong("prompt_tokens"),
            row.getLong("cached_tokens"),
            row.getLong("completion_tokens"))
        .orElse(BigDecimal.ZERO);
  }

  private static Duration untilMidnight(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TO_MIDNIGHT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return Duration.ofSeconds((long) Math.ceil(row.getDouble(1)));
    }
  }

  private static String plain(@Nullable BigDecimal cost) {
    return cost == null ? "" : cost.toPlainString();
  }
}
