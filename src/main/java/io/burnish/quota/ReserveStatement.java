package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Grants calls, or tells the wait, in one statement over one row.
 *
 * <p>Why a call that is granted here is not refused there: our level is never above the provider's.
 * We subtract before it does (what is granted is sent afterwards), at least as much as it does,
 * give back only after it did, and refill at the same pace. What others use is not known before a
 * response tells; for that there is {@code margin}: room that is left standing. It costs no
 * throughput, for a bucket that is drained at the pace of its refill is drained as fast at any
 * level.
 */
final class ReserveStatement {

  /**
   * While the requests a minute are unknown, calls are sent so far apart: when the limit is met,
   * one or two are refused and not a burst. 1,200 a minute, more than any plan that is known.
   */
  private static final String GAP = "interval '50 milliseconds'";

  /**
   * Room that is always left, as a share of the limit: for the first call of somebody else, whom no
   * response could tell of yet.
   */
  private static final double LEAST_ROOM = 0.05;

  /** A reservation that nobody settled for so long belonged to a process that died. */
  private static final String FORGOTTEN = "interval '3 minutes'";

  /** Levels as they are now, by linear refill; null where there is no limit. */
  static final String REFILLED =
      """
      SELECT q.*, x.t, x.e,
        LEAST(rpm_limit, rpm_level + x.e * rpm_limit / 60) AS rpm,
        LEAST(rpd_limit, rpd_level + x.e * rpd_limit / 86400) AS rpd,
        LEAST(tpm_limit, tpm_level + x.e * GREATEST(tpm_limit / 600, tpm_limit / 60 - foreign_rate)) AS tpm,
        LEAST(tpd_limit, tpd_level + x.e * tpd_limit / 86400) AS tpd
      FROM model_quota q CROSS JOIN LATERAL (
        SELECT n.t, GREATEST(0, extract(epoch FROM n.t - q.refilled_at))::double precision AS e
        FROM (SELECT clock_timestamp() AS t) n) x
      WHERE q.model = ? FOR UPDATE OF q
      """;

  private static final String SQL =
      "WITH b AS MATERIALIZED ("
          + REFILLED
          + """
            ),
            g AS MATERIALIZED (
              SELECT b.*, GREATEST(0, LEAST(GREATEST(margin, tpm_limit * %3$s), tpm_limit - d.each)) AS room,
                CASE
                  WHEN paused_until > t THEN 0
                  WHEN seen_at IS NULL AND reserved_calls > 0 AND reserved_at > t - %1$s THEN 0
                  WHEN rpm_limit IS NULL AND next_at > t THEN 0
                  ELSE GREATEST(0, LEAST(
                    CASE WHEN seen_at IS NULL OR rpm_limit IS NULL THEN 1 ELSE d.calls END,
                    floor(rpm), floor(rpd),
                    floor((tpm - GREATEST(0, LEAST(GREATEST(margin, tpm_limit * %3$s), tpm_limit - d.each))) / d.each),
                    floor(tpd / d.each)))::int
                END AS n, d.each
              FROM b CROSS JOIN (SELECT ?::int AS calls, ?::double precision AS each) d),
            u AS (
              UPDATE model_quota q SET
                rpm_level = COALESCE(g.rpm, 0) - g.n, rpd_level = COALESCE(g.rpd, 0) - g.n,
                tpm_level = COALESCE(g.tpm, 0) - g.n * g.each, tpd_level = COALESCE(g.tpd, 0) - g.n * g.each,
                refilled_at = g.t, reserved_at = g.t, next_at = g.t + %2$s,
                reserved = g.n * g.each + CASE WHEN q.reserved_at > g.t - %1$s THEN q.reserved ELSE 0 END,
                reserved_calls = g.n + CASE WHEN q.reserved_at > g.t - %1$s THEN q.reserved_calls ELSE 0 END
              FROM g WHERE q.model = g.model AND g.n > 0)
            SELECT n, rpm, rpd, tpm - room AS tpm, tpd, rpm_limit, rpd_limit, tpm_limit, tpd_limit,
                   GREATEST(tpm_limit / 600, tpm_limit / 60 - foreign_rate) AS tpm_rate,
                   extract(epoch FROM paused_until - t) AS paused, pause_reason,
                   extract(epoch FROM next_at - t) AS gap, seen_at IS NULL AS unseen
            FROM g
            """
              .formatted(FORGOTTEN, GAP, LEAST_ROOM);

  /** While the first answer is out, how long until it is asked again whether it came. */
  private static final Duration FIRST_ANSWER = Duration.ofMillis(100);

  private static final Duration SHORTEST = Duration.ofMillis(2);

  private ReserveStatement() {}

  static Grant reserve(Connection connection, String model, int calls, double each)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, model);
      statement.setInt(2, calls);
      statement.setDouble(3, each);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("the quota of model %s was not opened".formatted(model));
        }
        int granted = row.getInt("n");
        return granted > 0 ? Grant.of(granted) : denied(row, each);
      }
    }
  }

  private static Grant denied(ResultSet row, double each) throws SQLException {
    for (Dimension dimension : new Dimension[] {Dimension.TPM, Dimension.TPD}) {
      double limit = row.getDouble(dimension.column() + "_limit");
      if (!row.wasNull() && each > limit) {
        return Grant.never(
            "a call of %.0f tokens is larger than the limit of %.0f (%s)"
                .formatted(each, limit, dimension));
      }
    }
    double paused = row.getDouble("paused");
    if (paused > 0) {
      return Grant.denied(seconds(paused), String.valueOf(row.getString("pause_reason")));
    }
    Map<Dimension, Double> waits = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      waits.put(dimension, waitFor(row, dimension, dimension.countsTokens() ? each : 1));
    }
    Map.Entry<Dimension, Double> longest =
        waits.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    if (longest.getValue() > 0) {
      return Grant.denied(
          seconds(longest.getValue()),
          "%s of %.0f used up"
              .formatted(longest.getKey(), row.getDouble(longest.getKey().column() + "_limit")));
    }
    double gap = row.getDouble("gap");
    return row.getBoolean("unseen")
        ? Grant.denied(FIRST_ANSWER, "its first answer")
        : Grant.denied(seconds(gap), "a pause between calls, as its requests a minute are unknown");
  }

  /** Seconds until the dimension has room for one call; 0 when it has. */
  private static double waitFor(ResultSet row, Dimension dimension, double needed)
      throws SQLException {
    double limit = row.getDouble(dimension.column() + "_limit");
    if (row.wasNull()) {
      return 0;
    }
    double rate =
        dimension == Dimension.TPM
            ? row.getDouble("tpm_rate")
            : limit / dimension.window().toSeconds();
    return Math.max(0, (needed - row.getDouble(dimension.column())) / rate);
  }

  private static Duration seconds(double seconds) {
    Duration duration = Duration.ofNanos((long) Math.ceil(Math.min(seconds, 1e9) * 1e9));
    return duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
  }
}
