package io.burnish.quota.learn;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.LimitSource;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Learns limits and levels from 429s. Used within the transaction that holds the row. */
public final class ThrottleLearning {

  private static final Logger LOG = Logger.getLogger(ThrottleLearning.class);

  /** The used amount in a 429 is rounded; up to so many times the limit is credible. */
  private static final double MAX_USED_SHARE = 1.25;

  /** The pause after a 429 that names no wait. */
  public static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  private static final String COUNT =
      "UPDATE model_quota q SET throttled = throttled + 1, writes = writes + 1 WHERE "
          + QuotaRow.IS;

  private static final String PAUSE =
      """
      UPDATE model_quota q SET paused_until = GREATEST(paused_until, clock_timestamp() + ? * interval '1 millisecond'),
        pause_reason = ?, writes = writes + 1
      WHERE %s
      """
          .formatted(QuotaRow.IS);

  private static final String REFILL =
      "WITH b AS MATERIALIZED ("
          + Refill.ROW
          + """
          )
          UPDATE model_quota q SET
            rpm_level = COALESCE(b.rpm, 0), rpd_level = COALESCE(b.rpd, 0),
            tpm_level = COALESCE(b.tpm, 0), tpd_level = COALESCE(b.tpd, 0),
            refilled_at = b.t, recent_calls = b.recent, writes = q.writes + 1
          FROM b WHERE %s
          """
              .formatted(QuotaRow.IS);

  private ThrottleLearning() {}

  /**
   * Counts a 429 and applies its figures; pauses the model if it has none.
   *
   * @param age time since the 429
   */
  public static void throttled(
      Connection connection, QuotaRow row, ThrottleNotice notice, Duration age)
      throws SQLException {
    update(connection, COUNT, row);
    if (notice.hasFigures()) {
      applyFigures(connection, row, notice);
    } else {
      pause(
          connection,
          row,
          notice.waitTime().orElse(DEFAULT_PAUSE).minus(age),
          notice.waitTime().isPresent() ? "the provider asks to wait" : "429 without a reason");
    }
    if (notice.dimension().isEmpty()) {
      AdaptiveConcurrency.throttled(connection, row);
    }
  }

  /**
   * Sets the limit, and the level to what the provider has left. Leaves a margin for other clients.
   */
  private static void applyFigures(Connection connection, QuotaRow row, ThrottleNotice notice)
      throws SQLException {
    Dimension dimension = notice.dimension().orElseThrow();
    double limit = notice.limit().orElseThrow();
    Double before = row.limits().of(dimension);
    boolean isNew = !row.isFixed(dimension) && (before == null || before != limit);
    if (isNew) {
      LOG.infof(
          "Model %s: rate limit is %.0f (%s) according to a 429; before it was %s",
          row.model(), limit, dimension, before == null ? "none" : "%.0f".formatted(before));
    }
    if (isNew || row.isAssumed(dimension)) {
      row.set(connection, dimension, limit, LimitSource.THROTTLED);
    }
    if (notice.used().isEmpty()) {
      return;
    }
    // All levels are as of refilled_at: refill all dimensions before one level is set.
    try (PreparedStatement statement = connection.prepareStatement(REFILL)) {
      row.bind(statement, Refill.bind(statement, OpenReservations.NONE, row));
      statement.executeUpdate();
    }
    String level = dimension.column() + "_level";
    String limitColumn = dimension.column() + "_limit";
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE model_quota q SET
              co_tenant_margin = CASE WHEN ?::boolean THEN LEAST(tpm_limit * 0.25, GREATEST(co_tenant_margin, 2.5 * (%1$s - ?))) ELSE co_tenant_margin END,
              %1$s = CASE WHEN ?::boolean THEN ? ELSE LEAST(%1$s, ?) END, writes = writes + 1
            WHERE %3$s AND %2$s IS NOT NULL
            """
                .formatted(level, limitColumn, QuotaRow.IS))) {
      double left = limit - Math.max(0, Math.min(notice.used().get(), limit * MAX_USED_SHARE));
      statement.setBoolean(1, dimension == Dimension.TPM && !isNew);
      statement.setDouble(2, left);
      statement.setBoolean(3, isNew);
      statement.setDouble(4, left);
      statement.setDouble(5, left);
      row.bind(statement, 6);
      statement.executeUpdate();
    }
  }

  /** A call was larger than the limit of tokens per minute. */
  public static void tooLarge(Connection connection, QuotaRow row, double limit)
      throws SQLException {
    if (RateLimitObservation.isPlausible(Dimension.TPM, limit) && !row.isFixed(Dimension.TPM)) {
      row.set(connection, Dimension.TPM, limit, LimitSource.THROTTLED);
    }
  }

  /** Pauses the model; a longer pause that already exists stays. */
  public static void pause(Connection connection, QuotaRow row, Duration pause, String reason)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.setLong(1, Math.max(1, pause.toMillis()));
      statement.setString(2, reason);
      row.bind(statement, 3);
      statement.executeUpdate();
    }
  }

  private static void update(Connection connection, String sql, QuotaRow row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      row.bind(statement, 1);
      statement.executeUpdate();
    }
  }
}
