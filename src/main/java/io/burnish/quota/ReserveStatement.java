package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Grants calls, or tells the wait, in one statement over one row, which the transaction holds.
 *
 * <p>Why a call that is granted here is not refused there: our level is never above the provider's.
 * We subtract before it does (what is granted is sent afterwards), at least as much as it does,
 * give back only after it did, and refill at the same pace. What others use is not known before a
 * response tells; for that there is {@code margin}: room that is left standing. It costs no
 * throughput, as a bucket that is drained at the pace of its refill is drained as fast at any
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

  /**
   * Groq answers sooner (measured, docs/benchmarks.md). Where the first answer takes longer, the
   * calls that show whether limits are told are not made one after the other.
   */
  private static final String SLOW = "interval '3 seconds'";

  /** The calls in flight that are allowed double in this time, while they are all in use. */
  private static final String GROWTH = "interval '1 second'";

  /** Near the number at which calls were refused, one more is tried so often. */
  private static final String SLOW_GROWTH = "interval '20 seconds'";

  /**
   * Whether limits are told shows in the first answers: they are asked for whatever the guessed
   * plan has room for, as only an endpoint that tells no limits gets so far.
   */
  private static final String PROBES =
      """
      d.guess AND b.adaptive_since IS NULL AND (b.answers_without_limits BETWEEN 1 AND %1$d - 1
        OR (b.answered_at IS NULL AND b.calls_held > 0 AND b.reserved_at <= b.t - %2$s))
      """
          .formatted(AdaptiveConcurrency.ANSWERS_WITHOUT_LIMITS, SLOW);

  /** A dimension's limit and level; null where it does not hold just now. */
  private static final String HOLDING =
      Arrays.stream(Dimension.values())
          .map(Dimension::column)
          .map(
              column ->
                  """
                  CASE WHEN p.probes AND b.%1$s_learned = 'plan' THEN NULL ELSE b.%1$s_limit END AS held_%1$s_limit,
                  CASE WHEN p.probes AND b.%1$s_learned = 'plan' THEN NULL ELSE b.%1$s END AS held_%1$s
                  """
                      .formatted(column))
          .collect(Collectors.joining(","));

  private static final String SQL =
      "WITH b AS MATERIALIZED ("
          + Refill.ROW
          + """
            ),
            d AS (SELECT ?::int AS calls, ?::double precision AS each, ?::boolean AS guess),
            s AS MATERIALIZED (
              SELECT b.id, p.probes, %6$s,
                LEAST(d.each, CASE WHEN b.tpm_learned = 'plan' THEN b.tpm_limit END,
                  CASE WHEN b.tpd_learned = 'plan' THEN b.tpd_limit END) AS need,
                CASE
                  WHEN b.adaptive_since IS NULL THEN NULL
                  WHEN b.calls_held + d.calls <= b.concurrency_limit OR b.concurrency_raised_at > b.t - %3$s THEN b.concurrency_limit
                  WHEN b.concurrency_ceiling IS NULL THEN b.concurrency_limit * 2
                  WHEN b.concurrency_limit < floor(b.concurrency_ceiling * 0.9) THEN LEAST(b.concurrency_limit * 2, floor(b.concurrency_ceiling * 0.9))
                  WHEN b.concurrency_limit <= b.concurrency_ceiling * 1.1 THEN
                    b.concurrency_limit + CASE WHEN b.concurrency_raised_at > b.t - %4$s THEN 0 ELSE 1 END
                  ELSE b.concurrency_limit + GREATEST(1, floor(b.concurrency_limit * 0.1))
                END AS flight
              FROM b CROSS JOIN d CROSS JOIN LATERAL (SELECT %5$s AS probes) p),
            m AS MATERIALIZED (
              SELECT s.*, GREATEST(0, LEAST(GREATEST(b.co_tenant_margin, b.tpm_limit * %2$s), b.tpm_limit - s.need)) AS room,
                CASE
                  WHEN b.paused_until > b.t THEN 0
                  WHEN b.adaptive_since IS NOT NULL THEN LEAST(d.calls, floor(s.flight) - b.calls_held)
                  WHEN s.probes THEN LEAST(d.calls, %7$d - b.answers_without_limits - b.calls_held)
                  WHEN b.rpm_limit IS NULL AND b.next_at > b.t THEN 0
                  WHEN b.answered_at IS NULL THEN CASE WHEN b.calls_held > 0 THEN 0 ELSE 1 END
                  WHEN b.rpm_limit IS NULL THEN 1
                  ELSE d.calls
                END AS most
              FROM b JOIN s USING (id) CROSS JOIN d),
            g AS MATERIALIZED (
              SELECT m.*, GREATEST(0, LEAST(m.most, floor(m.held_rpm), floor(m.held_rpd),
                floor((m.held_tpm - m.room) / m.need), floor(m.held_tpd / m.need)))::int AS n
              FROM m),
            u AS (
              UPDATE model_quota q SET
                rpm_level = COALESCE(b.rpm, 0) - g.n, rpd_level = COALESCE(b.rpd, 0) - g.n,
                tpm_level = COALESCE(b.tpm, 0) - g.n * g.need, tpd_level = COALESCE(b.tpd, 0) - g.n * g.need,
                refilled_at = b.t, reserved_at = b.t, next_at = b.t + %1$s, recent_calls = b.recent + g.n,
                requests_full_at = CASE WHEN q.requests_full_at > b.t THEN q.requests_full_at END,
                tokens_full_at = CASE WHEN q.tokens_full_at > b.t THEN q.tokens_full_at END,
                concurrency_limit = COALESCE(g.flight, q.concurrency_limit),
                concurrency_raised_at = CASE WHEN g.flight > q.concurrency_limit THEN b.t ELSE q.concurrency_raised_at END,
                writes = q.writes + 1, open_reservations = %8$s
              FROM b JOIN g USING (id) CROSS JOIN d WHERE %9$s AND g.n > 0)
            SELECT n, need, held_rpm AS rpm, held_rpd AS rpd, held_tpm - room AS tpm, held_tpd AS tpd,
                   held_rpm_limit AS rpm_limit, held_rpd_limit AS rpd_limit,
                   held_tpm_limit AS tpm_limit, held_tpd_limit AS tpd_limit, b.tpm_learned, b.tpd_learned,
                   GREATEST(b.tpm_limit / 600, b.tpm_limit / 60 - b.co_tenant_rate) AS tpm_rate,
                   extract(epoch FROM b.paused_until - b.t) AS paused, b.pause_reason,
                   extract(epoch FROM b.requests_full_at - b.t) AS rpd_full, extract(epoch FROM b.tokens_full_at - b.t) AS tpm_full,
                   extract(epoch FROM b.next_at - b.t) AS gap,
                   b.answered_at IS NULL OR probes AS unseen, floor(flight)::bigint AS flight
            FROM g JOIN b USING (id)
            """
              .formatted(
                  GAP,
                  LEAST_ROOM,
                  GROWTH,
                  SLOW_GROWTH,
                  PROBES,
                  HOLDING,
                  AdaptiveConcurrency.ANSWERS_WITHOUT_LIMITS,
                  Refill.HELD.formatted("b.my_calls + g.n", "b.my_tokens + g.n * d.each"),
                  QuotaRow.IS);

  /** While answers are out, how long until it is asked again whether one came. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final Duration SHORTEST = Duration.ofMillis(2);

  private ReserveStatement() {}

  /**
   * What is wished of a model.
   *
   * @param calls at most; over 0
   * @param each tokens charged for each at admission; over 0
   * @param guess whether the plan is a guess, which answers can contradict
   */
  record Wish(int calls, double each, boolean guess) {}

  /** Grants calls of the row; {@code mine} is what this replica holds before. */
  static Grant reserve(Connection connection, QuotaRow quota, Wish wish, OpenReservations mine)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int at = Refill.bind(statement, mine, quota);
      statement.setInt(at++, wish.calls());
      statement.setDouble(at++, wish.each());
      statement.setBoolean(at++, wish.guess());
      quota.bind(statement, at);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        int granted = row.getInt("n");
        return granted > 0 ? Grant.of(granted) : denied(row, wish.each());
      }
    }
  }

  private static Grant denied(ResultSet row, double each) throws SQLException {
    for (Dimension dimension : new Dimension[] {Dimension.TPM, Dimension.TPD}) {
      double limit = row.getDouble(dimension.column() + "_limit");
      boolean isTold =
          !row.wasNull()
              && !LimitLearning.PLAN.equals(row.getString(dimension.column() + "_learned"));
      if (isTold && each > limit) {
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
      waits.put(
          dimension, waitFor(row, dimension, dimension.countsTokens() ? row.getDouble("need") : 1));
    }
    Map.Entry<Dimension, Double> longest =
        waits.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    if (longest.getValue() > 0) {
      return Grant.denied(
          seconds(longest.getValue()),
          "%s of %.0f used up"
              .formatted(longest.getKey(), row.getDouble(longest.getKey().column() + "_limit")));
    }
    long flight = row.getLong("flight");
    if (!row.wasNull()) {
      return Grant.denied(
          LOOK, "one of its %d calls in flight to end, as it tells no limits".formatted(flight));
    }
    double gap = row.getDouble("gap");
    return row.getBoolean("unseen")
        ? Grant.denied(LOOK, "its first answer")
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
    double wait = Math.max(0, (needed - row.getDouble(dimension.column())) / rate);
    return Math.min(wait, untilFull(row, dimension));
  }

  /** Seconds until the bucket is full, as a header told; infinite when none did. */
  private static double untilFull(ResultSet row, Dimension dimension) throws SQLException {
    if (dimension != Dimension.RPD && dimension != Dimension.TPM) {
      return Double.POSITIVE_INFINITY;
    }
    double full = row.getDouble(dimension.column() + "_full");
    return row.wasNull() || full <= 0 ? Double.POSITIVE_INFINITY : full;
  }

  private static Duration seconds(double seconds) {
    Duration duration = Duration.ofNanos((long) Math.ceil(Math.min(seconds, 1e9) * 1e9));
    return duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
  }
}
