package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * What holds where answers tell no limits: no plan, but what the endpoint bears. The calls in
 * flight begin few and double each second while all that are allowed are in use ({@link
 * ReserveStatement}): time counts and not answers, as a refusal comes at once, also from an
 * endpoint that answers slowly. A refusal halves the calls in flight and the calls a minute, and
 * their numbers at that moment are remembered: up to nine tenths of them growth is fast, near them
 * slow, and beyond them faster again.
 */
final class AdaptiveConcurrency {

  private static final Logger LOG = Logger.getLogger(AdaptiveConcurrency.class);

  /** Usable answers in a row without a limit, after which no plan is assumed any more. */
  static final int ANSWERS_WITHOUT_LIMITS = 3;

  /** Calls in flight to begin with: as many as were needed to find out, and one. */
  private static final int FIRST_FLIGHT = 4;

  /** Calls a minute that are always tried, so that nothing ever stalls. */
  private static final double FLOOR = 6;

  /** Calls a minute that are tried while everything is refused: to notice when that is over. */
  private static final double PROBING = 60;

  /** Calls a minute to begin with, at the first refusal, where a plan's other limits hold. */
  private static final double FIRST_RATE = 60;

  private static final String BEGIN =
      """
      UPDATE model_quota q SET adaptive_since = clock_timestamp(), concurrency_limit = %d, concurrency_ceiling = NULL,
        concurrency_raised_at = clock_timestamp(), rate_ceiling = NULL, rate_cut_at = NULL, writes = writes + 1
      WHERE %s
      """
          .formatted(FIRST_FLIGHT, QuotaRow.IS);

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
   * Refusals within two seconds of a cut belong to the burst that was cut. Where no answer came
   * since the last cut, everything is refused: then one call in flight asks when that is over, and
   * what is remembered is what went well before it.
   *
   * <p>The rate is the decayed count of calls by the share of it that had time to be counted. The
   * call that was refused is settled by now, and was in flight beside the others.
   */
  private static final String CUT =
      """
      WITH r AS MATERIALIZED (
        SELECT q.id, x.t,
          COALESCE(rate_cut_at < answered_at, true) AS went_well,
          LEAST(rpm_limit, GREATEST(?, 60 * recent_calls * exp(-x.e / 10)
            / (10 * (1 - exp(-GREATEST(1, COALESCE(extract(epoch FROM x.t - adaptive_since), 60)) / 10))))) AS rate,
          LEAST(concurrency_limit, (SELECT sum((s.value ->> 0)::double precision) FROM jsonb_each(open_reservations) s) + 1) AS flight
        FROM model_quota q CROSS JOIN LATERAL (
          SELECT n.t, GREATEST(0, extract(epoch FROM n.t - q.refilled_at))::double precision AS e
          FROM (SELECT clock_timestamp() AS t) n) x
        WHERE %1$s AND (rpm_learned = 'adaptive' OR (rpm_limit IS NULL AND adaptive_since IS NOT NULL))
          AND (rate_cut_at IS NULL OR rate_cut_at < x.t - CASE WHEN rate_cut_at < answered_at THEN interval '2 seconds' ELSE interval '900 milliseconds' END))
      UPDATE model_quota q SET
        rate_ceiling = CASE WHEN r.went_well THEN r.rate ELSE COALESCE(q.rate_ceiling, r.rate) END,
        rpm_limit = CASE WHEN r.went_well THEN GREATEST(?, r.rate / 2) ELSE LEAST(r.rate, ?) END,
        rpm_learned = 'adaptive', rpm_level = LEAST(rpm_level, 0), rate_cut_at = r.t,
        concurrency_ceiling = CASE WHEN r.went_well THEN r.flight ELSE COALESCE(q.concurrency_ceiling, r.flight) END,
        concurrency_limit = CASE WHEN r.went_well THEN GREATEST(1, floor(r.flight / 2)) ELSE 1 END, concurrency_raised_at = r.t, writes = q.writes + 1
      FROM r WHERE %1$s
      RETURNING r.went_well, q.rpm_limit, q.concurrency_limit
      """
          .formatted(QuotaRow.IS);

  private AdaptiveConcurrency() {}

  /** From now on no plan is assumed: what it limited is not limited any more. */
  static void begin(Connection connection, QuotaRow row) throws SQLException {
    LOG.infof(
        "Model %s: %d answers in a row told no limits, so no plan is assumed (BURNISH_PLAN=auto); its pace adapts to what it bears",
        row.model(), ANSWERS_WITHOUT_LIMITS);
    for (Dimension dimension : Dimension.values()) {
      if (LimitLearning.PLAN.equals(row.learned().get(dimension))) {
        row.set(connection, dimension, null, LimitLearning.PLAN);
      }
    }
    update(connection, BEGIN, row);
  }

  /** A plan is assumed again: its limits hold, as far as no others are known. */
  static void end(Connection connection, QuotaRow row, ModelTerms terms) throws SQLException {
    LOG.infof("Model %s: limits are known again, and its pace follows them", row.model());
    for (Dimension dimension : Dimension.values()) {
      String learned = row.learned().get(dimension);
      Double limit = terms.limits().of(dimension);
      if (learned == null || learned.equals(LimitLearning.ADAPTIVE)) {
        if (limit == null) {
          row.set(connection, dimension, null, LimitLearning.PLAN);
        } else {
          row.begin(connection, dimension, limit, LimitLearning.PLAN);
        }
      }
    }
    update(connection, END, row);
  }

  /** A call was refused by a limit that was not told. */
  static void refused(Connection connection, QuotaRow row) throws SQLException {
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
              "Model %s refuses and tells no limit; its pace is cut to %.0f calls a minute%s",
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
