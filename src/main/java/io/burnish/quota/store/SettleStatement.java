package io.burnish.quota.store;

import io.burnish.quota.learn.OpenReservations;
import io.burnish.quota.learn.QuotaRow;
import io.burnish.quota.learn.Refill;
import io.burnish.quota.limit.HeaderMeaning;
import io.burnish.quota.limit.RateLimitObservation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Settles calls: gives back what they did not use, and bounds the levels by the last response.
 *
 * <p>The {@code remaining} of a response is exact when it is sent. Refilled until now it is the
 * upper bound of our level; minus the open reservations it is the lower bound. A level above the
 * upper bound shows other clients: their rate is subtracted from the refill, and a margin is left
 * for their next call. Both decay within a minute.
 */
final class SettleStatement {

  /**
   * The rate of other clients is learned within some 10 seconds, and decays within some 30. An
   * adaptive limit grows while it is what limits the calls: it doubles each second up to 90 % of
   * the refused rate, grows by 0.3 % a second near it, and by 5 % a second beyond.
   */
  private static final String SQL =
      "WITH b AS MATERIALIZED ("
          + Refill.ROW
          + """
            ),
            d AS (SELECT ?::double precision AS calls_back, ?::double precision AS tokens_back,
                         ?::double precision AS tokens_left, ?::double precision AS calls_left,
                         ?::double precision AS age, ?::boolean AS answered, ?::boolean AS failed,
                         ?::boolean AS told, ?::integer AS untold,
                         ?::double precision AS requests_full, ?::double precision AS tokens_full),
            c AS MATERIALIZED (
              SELECT b.id, b.t, d.*,
                LEAST(b.rpm_limit, COALESCE(b.rpm, 0) + d.calls_back) AS rpm_now,
                LEAST(b.rpd_limit, COALESCE(b.rpd, 0) + d.calls_back) AS rpd_now,
                LEAST(b.tpm_limit, COALESCE(b.tpm, 0) + d.tokens_back) AS tpm_now,
                LEAST(b.tpd_limit, COALESCE(b.tpd, 0) + d.tokens_back) AS tpd_now,
                CASE WHEN b.rpm_learned = 'headers' THEN
                  LEAST(b.rpm_limit, d.calls_left + d.age * b.rpm_limit / 60) END AS rpm_told,
                CASE WHEN b.rpm_learned IS DISTINCT FROM 'headers' THEN d.calls_left END AS rpd_told,
                CASE WHEN d.tokens_left IS NOT NULL AND b.tpd_learned IS DISTINCT FROM 'headers' THEN
                  LEAST(b.tpm_limit, d.tokens_left + d.age * b.tpm_limit / 60) END AS told_tokens,
                CASE WHEN b.tpd_learned = 'headers' THEN d.tokens_left END AS tpd_told,
                extract(epoch FROM b.t - b.answered_at) AS since
              FROM b CROSS JOIN d),
            f AS MATERIALIZED (
              SELECT c.*, c.tpm_now - c.told_tokens AS above,
                     c.tpm_now - c.told_tokens > 2 + b.tpm_limit * 0.0005 AS others_at_work
              FROM c JOIN b USING (id))
            UPDATE model_quota q SET
              rpm_level = CASE WHEN f.rpm_told IS NULL THEN COALESCE(f.rpm_now, 0)
                ELSE LEAST(f.rpm_told, GREATEST(COALESCE(f.rpm_now, 0), f.rpm_told - b.calls_held)) END,
              rpd_level = CASE WHEN f.rpd_told IS NULL THEN COALESCE(f.rpd_now, 0)
                ELSE LEAST(f.rpd_told, GREATEST(COALESCE(f.rpd_now, 0), f.rpd_told - b.calls_held)) END,
              tpm_level = CASE WHEN f.told_tokens IS NULL THEN COALESCE(f.tpm_now, 0)
                ELSE LEAST(f.told_tokens, GREATEST(COALESCE(f.tpm_now, 0), f.told_tokens - b.tokens_held)) END,
              tpd_level = CASE WHEN f.tpd_told IS NULL THEN COALESCE(f.tpd_now, 0)
                ELSE LEAST(f.tpd_told, GREATEST(COALESCE(f.tpd_now, 0), f.tpd_told - b.tokens_held)) END,
              co_tenant_rate = CASE WHEN f.told_tokens IS NULL OR f.since IS NULL THEN q.co_tenant_rate
                WHEN f.others_at_work THEN LEAST(b.tpm_limit / 60 * 0.9, q.co_tenant_rate
                  + (1 - exp(-LEAST(60, f.since) / 10)) * f.above / GREATEST(0.05, f.since))
                WHEN q.co_tenant_rate < 0.01 THEN 0
                ELSE q.co_tenant_rate * exp(-LEAST(60, f.since) / 30) END,
              co_tenant_margin = CASE WHEN f.told_tokens IS NULL OR f.since IS NULL THEN q.co_tenant_margin
                WHEN f.others_at_work THEN LEAST(b.tpm_limit * 0.25, GREATEST(q.co_tenant_margin * exp(-LEAST(60, f.since) / 60), 2.5 * f.above))
                WHEN q.co_tenant_margin < 1 THEN 0
                ELSE q.co_tenant_margin * exp(-LEAST(60, f.since) / 60) END,
              answered_at = CASE WHEN f.answered THEN b.t ELSE q.answered_at END,
              answers_without_limits = CASE WHEN f.told THEN f.untold ELSE LEAST(1000, q.answers_without_limits + f.untold) END,
              rpm_limit = CASE
                WHEN NOT f.answered OR q.rpm_learned IS DISTINCT FROM 'adaptive' OR f.since IS NULL
                  OR b.rpm > GREATEST(1, q.rpm_limit / 60) THEN q.rpm_limit
                WHEN q.rpm_limit < q.rate_ceiling * 0.9 THEN LEAST(q.rate_ceiling * 0.9, q.rpm_limit * power(2, LEAST(1, f.since)))
                WHEN q.rpm_limit <= q.rate_ceiling * 1.1 THEN q.rpm_limit * power(1.003, LEAST(10, f.since))
                ELSE LEAST(100000, q.rpm_limit * power(1.05, LEAST(10, f.since))) END,
              concurrency_raised_at = CASE WHEN f.failed AND q.concurrency_raised_at IS NOT NULL THEN b.t ELSE q.concurrency_raised_at END,
              requests_full_at = CASE WHEN f.told THEN b.t + (f.requests_full - f.age) * interval '1 second'
                WHEN q.requests_full_at > b.t THEN q.requests_full_at END,
              tokens_full_at = CASE WHEN f.told THEN b.t + (f.tokens_full - f.age) * interval '1 second'
                WHEN q.tokens_full_at > b.t THEN q.tokens_full_at END,
              refilled_at = b.t, recent_calls = b.recent, writes = q.writes + 1, open_reservations = %s
            FROM b JOIN f USING (id) WHERE %s
            RETURNING q.answers_without_limits
            """
              .formatted(Refill.HELD.formatted("b.my_calls", "b.my_tokens"), QuotaRow.IS);

  private SettleStatement() {}

  /**
   * Writes the results of calls.
   *
   * @param own open reservations of this replica, without these calls
   * @param nanoNow now, by the clock of {@link Settlement#reportedAt}
   * @return usable answers in a row without limits, over all replicas
   */
  static int settle(
      Connection connection,
      QuotaRow row,
      Settlement settlement,
      OpenReservations own,
      long nanoNow)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int at = Refill.bind(statement, own, row);
      statement.setDouble(at++, settlement.callsBack());
      statement.setDouble(at++, settlement.tokensBack());
      RateLimitObservation last = settlement.reported();
      statement.setObject(at++, left(last.tokens()), Types.DOUBLE);
      statement.setObject(at++, left(last.requests()), Types.DOUBLE);
      statement.setDouble(at++, settlement.age(nanoNow));
      statement.setBoolean(at++, settlement.answered());
      statement.setBoolean(at++, settlement.failed());
      statement.setBoolean(at++, last.hasLimits());
      statement.setInt(at++, settlement.untold());
      statement.setObject(
          at++, positive(HeaderMeaning.requestsFullIn(last.requests())), Types.DOUBLE);
      statement.setObject(at++, positive(HeaderMeaning.tokensFullIn(last.tokens())), Types.DOUBLE);
      row.bind(statement, at);
      try (ResultSet settled = statement.executeQuery()) {
        settled.next();
        return settled.getInt(1);
      }
    }
  }

  private static @Nullable Double left(RateLimitObservation.Reported reported) {
    return reported.remaining().map(Long::doubleValue).orElse(null);
  }

  private static @Nullable Double positive(double seconds) {
    return seconds > 0 ? Double.valueOf(seconds) : null;
  }
}
