package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens and shows the rows of quotas. */
final class QuotaRows {

  /**
   * A bucket of tokens begins full, for one call at a time is sent until the first response tells
   * what is left; one of requests with a few seconds' worth, for no header tells.
   */
  private static final String OPEN =
      """
      INSERT INTO model_quota AS q (model, rpm_limit, rpm_level, rpm_learned, rpd_limit, rpd_level, rpd_learned,
                                    tpm_limit, tpm_level, tpm_learned, tpd_limit, tpd_level, tpd_learned)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (model) DO NOTHING
      """;

  /** What is configured holds for rows that are there already. */
  private static final String CONFIGURE =
      """
      UPDATE model_quota SET
        rpm_limit = ?, rpm_learned = 'configured', rpd_limit = ?, rpd_learned = 'configured',
        tpm_limit = ?, tpm_learned = 'configured', tpd_limit = ?, tpd_learned = 'configured'
      WHERE model = ?
      """;

  /** Limits that were configured once and are not any more are learned anew. */
  private static final String FORGET =
      "DELETE FROM model_quota WHERE model = ? AND 'configured' IN (rpm_learned, rpd_learned, tpm_learned, tpd_learned)";

  private static final double OPENING_SECONDS = 5;

  private static final String ALL =
      """
      SELECT q.*, x.t,
        LEAST(rpm_limit, rpm_level + x.e * rpm_limit / 60) AS rpm,
        LEAST(rpd_limit, rpd_level + x.e * rpd_limit / 86400) AS rpd,
        LEAST(tpm_limit, tpm_level + x.e * GREATEST(tpm_limit / 600, tpm_limit / 60 - foreign_rate)) AS tpm,
        LEAST(tpd_limit, tpd_level + x.e * tpd_limit / 86400) AS tpd
      FROM model_quota q CROSS JOIN LATERAL (
        SELECT n.t, GREATEST(0, extract(epoch FROM n.t - q.refilled_at)) AS e
        FROM (SELECT clock_timestamp() AS t) n) x
      ORDER BY model
      """;

  private QuotaRows() {}

  static void open(Connection connection, String model, Limits limits, String learned)
      throws SQLException {
    boolean configured = learned.equals(Learning.CONFIGURED);
    if (!configured) {
      try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
        forget.setString(1, model);
        forget.executeUpdate();
      }
    }
    try (PreparedStatement open = connection.prepareStatement(OPEN)) {
      open.setString(1, model);
      int at = 2;
      for (Dimension dimension : Dimension.values()) {
        Double limit = limits.of(dimension);
        open.setObject(at++, limit, Types.DOUBLE);
        open.setDouble(at++, limit == null ? 0 : opening(dimension, limit));
        open.setString(at++, limit == null && !configured ? null : learned);
      }
      open.executeUpdate();
    }
    if (configured) {
      try (PreparedStatement configure = connection.prepareStatement(CONFIGURE)) {
        int at = 1;
        for (Dimension dimension : Dimension.values()) {
          configure.setObject(at++, limits.of(dimension), Types.DOUBLE);
        }
        configure.setString(at, model);
        configure.executeUpdate();
      }
    }
  }

  private static double opening(Dimension dimension, double limit) {
    return dimension == Dimension.RPM
        ? Math.max(1, limit * OPENING_SECONDS / dimension.window().toSeconds())
        : limit;
  }

  static List<ModelQuota> all(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALL);
        ResultSet rows = statement.executeQuery()) {
      List<ModelQuota> all = new ArrayList<>();
      while (rows.next()) {
        all.add(quota(rows));
      }
      return all;
    }
  }

  private static ModelQuota quota(ResultSet row) throws SQLException {
    Instant now = instant(row, "t");
    Map<Dimension, ModelQuota.Bucket> buckets = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      Double limit = LimitRow.number(row, dimension.column() + "_limit");
      if (limit != null) {
        double level = row.getDouble(dimension.column());
        double missing = Math.max(0, limit - level) * dimension.window().toSeconds() / limit;
        buckets.put(
            dimension,
            new ModelQuota.Bucket(
                limit,
                level,
                row.getString(dimension.column() + "_learned"),
                now.plus(Duration.ofMillis((long) (missing * 1000)))));
      }
    }
    Instant paused = instant(row, "paused_until");
    boolean isPaused = paused != null && paused.isAfter(now);
    return new ModelQuota(
        row.getString("model"),
        buckets,
        Optional.ofNullable(isPaused ? paused : null),
        Optional.ofNullable(isPaused ? row.getString("pause_reason") : null),
        row.getLong("throttled"),
        row.getDouble("foreign_rate") * 60);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
