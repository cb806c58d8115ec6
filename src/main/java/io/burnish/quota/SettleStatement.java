package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Settles what became of calls: gives back what they did not use, and holds the levels to what the
 * last response told.
 *
 * <p>A response's {@code remaining} is exact when it is sent. Refilled to now it is at least what
 * the provider has now, and less than that by no more than what we have reserved and not settled:
 * so our level belongs between the two. Where it was above, others are at work: their pace is
 * subtracted from the refill, and room is left for their next call; both fade within a minute.
 */
final class SettleStatement {

  /** Others' pace is believed within some ten seconds, and forgotten within some thirty. */
  private static final String SQL =
      "WITH b AS MATERIALIZED ("
          + ReserveStatement.REFILLED
          + """
            ),
            d AS (SELECT ?::double precision AS calls_back, ?::double precision AS tokens_back,
                         ?::double precision AS calls_done, ?::double precision AS tokens_done,
                         ?::double precision AS tokens_left, ?::double precision AS calls_left,
                         ?::double precision AS age, ?::boolean AS answered),
            c AS MATERIALIZED (
              SELECT b.model, b.t, d.*,
                GREATEST(0, b.reserved - d.tokens_done) AS reserved_now,
                GREATEST(0, b.reserved_calls - d.calls_done) AS reserved_calls_now,
                LEAST(b.tpm_limit, COALESCE(b.tpm, 0) + d.tokens_back) AS tpm_now,
                LEAST(b.rpd_limit, COALESCE(b.rpd, 0) + d.calls_back) AS rpd_now,
                CASE WHEN d.tokens_left IS NOT NULL THEN
                  LEAST(b.tpm_limit, d.tokens_left + d.age * b.tpm_limit / 60) END AS told,
                extract(epoch FROM b.t - b.seen_at) AS since
              FROM b CROSS JOIN d),
            f AS MATERIALIZED (
              SELECT c.*, c.tpm_now - c.told AS above,
                     c.tpm_now - c.told > 2 + b.tpm_limit * 0.0005 AS others
              FROM c JOIN b USING (model))
            UPDATE model_quota q SET
              rpm_level = LEAST(b.rpm_limit, COALESCE(b.rpm, 0) + f.calls_back),
              rpd_level = CASE WHEN f.calls_left IS NULL THEN COALESCE(f.rpd_now, 0)
                ELSE LEAST(f.calls_left, GREATEST(COALESCE(f.rpd_now, 0), f.calls_left - f.reserved_calls_now)) END,
              tpm_level = CASE WHEN f.told IS NULL THEN COALESCE(f.tpm_now, 0)
                ELSE LEAST(f.told, GREATEST(COALESCE(f.tpm_now, 0), f.told - f.reserved_now)) END,
              tpd_level = LEAST(b.tpd_limit, COALESCE(b.tpd, 0) + f.tokens_back),
              reserved = f.reserved_now, reserved_calls = f.reserved_calls_now,
              foreign_rate = CASE WHEN f.told IS NULL OR f.since IS NULL THEN q.foreign_rate
                WHEN f.others THEN LEAST(b.tpm_limit / 60 * 0.9, q.foreign_rate
                  + (1 - exp(-LEAST(60, f.since) / 10)) * f.above / GREATEST(0.05, f.since))
                WHEN q.foreign_rate < 0.01 THEN 0
                ELSE q.foreign_rate * exp(-LEAST(60, f.since) / 30) END,
              margin = CASE WHEN f.told IS NULL OR f.since IS NULL THEN q.margin
                WHEN f.others THEN LEAST(b.tpm_limit * 0.25, GREATEST(q.margin * exp(-LEAST(60, f.since) / 30), 2.5 * f.above))
                WHEN q.margin < 1 THEN 0
                ELSE q.margin * exp(-LEAST(60, f.since) / 30) END,
              seen_at = CASE WHEN f.answered THEN b.t ELSE q.seen_at END,
              rpm_limit = CASE
                WHEN NOT f.answered OR q.rpm_learned IS DISTINCT FROM 'adaptive' THEN q.rpm_limit
                WHEN q.ceiling IS NULL THEN LEAST(100000, q.rpm_limit * 1.03)
                WHEN q.rpm_limit < q.ceiling * 0.9 THEN LEAST(q.ceiling * 0.9, q.rpm_limit * 1.02)
                ELSE LEAST(100000, q.rpm_limit * 1.001) END,
              refilled_at = b.t
            FROM b JOIN f USING (model) WHERE q.model = b.model
            """;

  private SettleStatement() {}

  /** Writes a sum; {@code nanoNow} is of the clock by which it was told. */
  static void settle(Connection connection, String model, Pending.Sum sum, long nanoNow)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, model);
      statement.setDouble(2, sum.callsBack());
      statement.setDouble(3, sum.tokensBack());
      statement.setDouble(4, sum.callsDone());
      statement.setDouble(5, sum.tokensDone());
      statement.setObject(6, sum.tokensLeft(), Types.DOUBLE);
      statement.setObject(7, sum.callsLeft(), Types.DOUBLE);
      statement.setDouble(8, sum.age(nanoNow));
      statement.setBoolean(9, sum.answered());
      statement.executeUpdate();
    }
  }
}
