package io.burnish.quota.store;

import io.burnish.quota.learn.AdaptiveConcurrency;
import io.burnish.quota.learn.OpenReservations;
import io.burnish.quota.learn.QuotaRow;
import io.burnish.quota.learn.Refill;
import io.burnish.quota.limit.Denial;
import io.burnish.quota.limit.Dimension;
import io.burnish.quota.limit.Grant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Grants calls, or names the wait, in one statement over one locked row.
 *
 * <p>The provider does not refuse a granted call, because our level is never above its level. We
 * subtract before it does, and at least as much; we give back after it does; we refill at its rate.
 * The use of other clients is unknown until a response shows it: {@code margin} is kept free for
 * it. The margin costs no throughput, because a bucket drained at its refill rate drains as fast at
 * any level.
 */
public final class ReserveStatement {

  /**
   * The gap between calls while the requests per minute are unknown. One or two calls get a 429 at
   * the limit, not a burst. 1,200 per minute: more than any known plan.
   */
  private static final String GAP = "interval '50 milliseconds'";

  /**
   * The least margin as a share of the limit: for the first call of another client, which no
   * response has shown yet.
   */
  public static final double MIN_MARGIN = 0.05;

  /**
   * Groq answers sooner (measured, docs/benchmarks.md). If the first answer takes longer, the calls
   * that show whether the provider reports limits are sent in parallel.
   */
  private static final String SLOW = "interval '3 seconds'";

  /** The limit of calls in flight doubles in this time while it is used up. */
  private static final String GROWTH = "interval '1 second'";

  /** Near the number that got 429s, one more call in flight is tried in this interval. */
  private static final String SLOW_GROWTH = "interval '20 seconds'";

  /**
   * The first answers show whether the provider reports limits. These calls ignore the assumed
   * plan: only an endpoint without limits gets that far.
   */
  private static final String PROBES =
      """
      d.guess AND b.adaptive_since IS NULL AND (b.answers_without_limits BETWEEN 1 AND %1$d - 1
        OR (b.answered_at IS NULL AND b.calls_held > 0 AND b.reserved_at <= b.t - %2$s))
      """
          .formatted(AdaptiveConcurrency.ANSWERS_WITHOUT_LIMITS, SLOW);

  /** Limit and level of a dimension; null if the dimension does not apply now. */
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
                END AS concurrency
              FROM b CROSS JOIN d CROSS JOIN LATERAL (SELECT %5$s AS probes) p),
            m AS MATERIALIZED (
              SELECT s.*, GREATEST(0, LEAST(GREATEST(b.co_tenant_margin, b.tpm_limit * %2$s), b.tpm_limit - s.need)) AS room,
                CASE
                  WHEN b.paused_until > b.t THEN 0
                  WHEN b.adaptive_since IS NOT NULL THEN LEAST(d.calls, floor(s.concurrency) - b.calls_held)
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
                concurrency_limit = COALESCE(g.concurrency, q.concurrency_limit),
                concurrency_raised_at = CASE WHEN g.concurrency > q.concurrency_limit THEN b.t ELSE q.concurrency_raised_at END,
                writes = q.writes + 1, open_reservations = %8$s
              FROM b JOIN g USING (id) CROSS JOIN d WHERE %9$s AND g.n > 0)
            SELECT n, need, held_rpm AS rpm, held_rpd AS rpd, held_tpm - room AS tpm, held_tpd AS tpd,
                   held_rpm_limit AS rpm_limit, held_rpd_limit AS rpd_limit,
                   held_tpm_limit AS tpm_limit, held_tpd_limit AS tpd_limit, b.tpm_learned, b.tpd_learned,
                   GREATEST(b.tpm_limit / 600, b.tpm_limit / 60 - b.co_tenant_rate) AS tpm_rate,
                   extract(epoch FROM b.paused_until - b.t) AS paused, b.pause_reason,
                   extract(epoch FROM b.requests_full_at - b.t) AS rpd_full, extract(epoch FROM b.tokens_full_at - b.t) AS tpm_full,
                   extract(epoch FROM b.next_at - b.t) AS gap,
                   b.answered_at IS NULL OR probes AS unseen, floor(concurrency)::bigint AS concurrency
            FROM g JOIN b USING (id)
            """
              .formatted(
                  GAP,
                  MIN_MARGIN,
                  GROWTH,
                  SLOW_GROWTH,
                  PROBES,
                  HOLDING,
                  AdaptiveConcurrency.ANSWERS_WITHOUT_LIMITS,
                  Refill.HELD.formatted("b.my_calls + g.n", "b.my_tokens + g.n * d.each"),
                  QuotaRow.IS);

  private ReserveStatement() {}

  /**
   * A request for calls.
   *
   * @param calls at most; greater than 0
   * @param tokensEach tokens that the provider charges for each at admission; greater than 0
   * @param planAssumed whether the plan is assumed, so that answers can correct it
   */
  public record Request(int calls, double tokensEach, boolean planAssumed) {}

  /** Reserves calls in the row; {@code own} are this replica's open reservations before. */
  static Grant reserve(Connection connection, QuotaRow quota, Request request, OpenReservations own)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int at = Refill.bind(statement, own, quota);
      statement.setInt(at++, request.calls());
      statement.setDouble(at++, request.tokensEach());
      statement.setBoolean(at++, request.planAssumed());
      quota.bind(statement, at);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        int granted = row.getInt("n");
        return granted > 0 ? Grant.of(granted) : Denial.of(row, request.tokensEach());
      }
    }
  }
}
