package io.burnish.quota.learn;

import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.LimitSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Adapts to an endpoint that reports no limits: no plan is assumed. The limit of calls in flight
 * begins low and doubles each second while it is used up ({@code ReserveStatement}). Growth depends
 * on time, not on answers, because a 429 comes at once, also from a slow endpoint. A 429 halves the
 * calls in flight and the calls per minute, and their values become the ceiling: growth is fast up
 * to 90 % of it, slow near it, and faster beyond.
 */
public final class AdaptiveConcurrency {

  private static final Logger LOG = Logger.getLogger(AdaptiveConcurrency.class);

  /** Usable answers in a row without limits after which no plan is assumed. */
  public static final int ANSWERS_WITHOUT_LIMITS = 3;

  /** First limit of calls in flight: one more than the answers above. */
  private static final int FIRST_CONCURRENCY = 4;

  /** Lowest limit of calls per minute, so that no model stalls. */
  private static final double FLOOR = 6;

  /** Calls per minute while each call gets a 429: to notice the end of it. */
  private static final double PROBING = 60;

  /** First limit of calls per minute, at the first 429 under a plan without one. */
  private static final double FIRST_RATE = 60;

  private static final String BEGIN =
      """
      UPDATE model_quota q SET adaptive_since = clock_timestamp(), concurrency_limit = %d, concurrency_ceiling = NULL,
        concurrency_raised_at = clock_timestamp(), rate_ceiling = NULL, rate_cut_at = NULL, writes = writes + 1
      WHERE %s
      """
          .formatted(FIRST_CONCURRENCY, QuotaRow.IS);

  private static final String END =
      """
      UPDATE model_quota q SET adaptive_since = NULL, concurrency_limit = NULL, concurrency_ceiling = NULL, concurrency_raised_at = NULL,
        rate_ceiling = NULL, rate_cut_at = NULL, answers_without_limits = 0, writes = writes + 1
      WHERE %s
      """
          .formatted(QuotaRow.IS);

  private static final String BEGIN_RATE =
      """
      UPDATE model_quota q SET rpm_limit = ?, rpm_level = 0, rpm_learned = 'adaptive', rate_cut_at = clock_timestamp(),
        writes = writes + 1
      WHERE %s AND rpm_limit IS NULL AND adaptive_since IS NULL
      """
          .formatted(QuotaRow.IS);

  /**
   * 429s within two seconds of a cut belong to the same burst. If no answer came since the last
   * cut, each call gets a 429: one call in flight probes for the end of it, and the ceiling stays.
   *
   * <p>The rate is the decayed count of calls, divided by the share of the window that was counted.
   * The call with the 429 is settled already and is added to the calls in flight.
   */
  private static final String CUT =
      """
      WITH r AS MATERIALIZED (
        SELECT q.id, x.t,
          COALESCE(rate_cut_at < answered_at, true) AS went_well,
          LEAST(rpm_limit, GREATEST(?, 60 * recent_calls * exp(-x.e / 10)
            / (10 * (1 - exp(-GREATEST(1, COALESCE(extract(epoch FROM x.t - adaptive_since), 60)) / 10))))) AS rate,
          LEAST(concurrency_limit, (SELECT sum((s.value ->> 0)::double precision) FROM jsonb_each(open_reservations) s) + 1) AS concurrency
        FROM model_quota q CROSS JOIN LATERAL (
          SELECT n.t, GREATEST(0, extract(epoch FROM n.t - q.refilled_at))::double precision AS e
          FROM (SELECT clock_timestamp() AS t) n) x
        WHERE %1$s AND (rpm_learned = 'adaptive' OR (rpm_limit IS NULL AND adaptive_since IS NOT NULL))
          AND (rate_cut_at IS NULL OR rate_cut_at < x.t - CASE WHEN rate_cut_at < answered_at THEN interval '2 seconds' ELSE interval '900 milliseconds' END))
      UPDATE model_quota q SET
        rate_ceiling = CASE WHEN r.went_well THEN r.rate ELSE COALESCE(q.rate_ceiling, r.rate) END,
        rpm_limit = CASE WHEN r.went_well THEN GREATEST(?, r.rate / 2) ELSE LEAST(r.rate, ?) END,
        rpm_learned = 'adaptive', rpm_level = LEAST(rpm_level, 0), rate_cut_at = r.t,
        concurrency_ceiling = CASE WHEN r.went_well THEN r.concurrency ELSE COALESCE(q.concurrency_ceiling, r.concurrency) END,
        concurrency_limit = CASE WHEN r.went_well THEN GREATEST(1, floor(r.concurrency / 2)) ELSE 1 END, concurrency_raised_at = r.t, writes = q.writes + 1
      FROM r WHERE %1$s
      RETURNING r.went_well, q.rpm_limit, q.concurrency_limit
      """
          .formatted(QuotaRow.IS);

  private AdaptiveConcurrency() {}

  /** Drops the assumed plan and its limits. */
  public static void begin(Connection connection, QuotaRow row) throws SQLException {
    LOG.infof(
        "Model %s: %d answers in a row reported no rate limits. No plan is assumed (BURNISH_PLAN=auto); concurrency adapts to 429s",
        row.model(), ANSWERS_WITHOUT_LIMITS);
    for (Dimension dimension : Dimension.values()) {
      if (LimitSource.PLAN.equals(row.learned().get(dimension))) {
        row.set(connection, dimension, null, LimitSource.PLAN);
      }
    }
    update(connection, BEGIN, row);
  }

  /** Assumes the plan again, for dimensions without a known limit. */
  public static void end(Connection connection, QuotaRow row, InitialLimits initial)
      throws SQLException {
    LOG.infof("Model %s: rate limits are reported again; pacing follows them", row.model());
    for (Dimension dimension : Dimension.values()) {
      String learned = row.learned().get(dimension);
      Double limit = initial.limits().of(dimension);
      if (learned == null || learned.equals(LimitSource.ADAPTIVE)) {
        if (limit == null) {
          row.set(connection, dimension, null, LimitSource.PLAN);
        } else {
          row.begin(connection, dimension, limit, LimitSource.PLAN);
        }
      }
    }
    update(connection, END, row);
  }

  /** A call got a 429 that names no limit. */
  static void throttled(Connection connection, QuotaRow row) throws SQLException {
    try (PreparedStatement begin = connection.prepareStatement(BEGIN_RATE)) {
      begin.setDouble(1, FIRST_RATE);
      row.bind(begin, 2);
      begin.executeUpdate();
    }
    try (PreparedStatement cut = connection.prepareStatement(CUT)) {
      cut.setDouble(1, FLOOR);
      int at = row.bind(cut, 2);
      cut.setDouble(at++, FLOOR);
      cut.setDouble(at++, PROBING);
      row.bind(cut, at);
      try (ResultSet is = cut.executeQuery()) {
        if (is.next()) {
          LOG.logf(
              is.getBoolean("went_well") ? Logger.Level.INFO : Logger.Level.DEBUG,
              "Model %s: 429 without a limit; the rate is cut to %.0f calls per minute%s",
              row.model(),
              is.getDouble("rpm_limit"),
              row.adaptive()
                  ? ", %.0f in flight".formatted(is.getDouble("concurrency_limit"))
                  : "");
        }
      }
    }
  }

  private static void update(Connection connection, String sql, QuotaRow row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      row.bind(statement, 1);
      statement.executeUpdate();
    }
  }
}
