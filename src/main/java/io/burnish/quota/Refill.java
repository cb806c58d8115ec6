package io.burnish.quota;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A row with its levels as they are now: the part that all statements about a quota begin with.
 * Levels refill linearly; null where there is no limit.
 */
final class Refill {

  /**
   * How long is believed what a replica says it has in flight. It says so again with each
   * reservation and every few seconds; one that is silent for so long has died.
   */
  static final int BELIEVED_SECONDS = 30;

  /** A limit that was found by trying is used evenly: at most two seconds' worth at once. */
  private static final String MOST_REQUESTS =
      "CASE WHEN rpm_learned = 'adaptive' THEN GREATEST(1, rpm_limit / 30) ELSE rpm_limit END";

  /**
   * The columns of the row {@code q}; {@code t}, now; {@code rpm, rpd, tpm, tpd}, the levels;
   * {@code recent}, the decayed count of calls; {@code calls_held} and {@code tokens_held} of all
   * replicas; {@code others}, what the other replicas hold.
   */
  static final String COLUMNS =
      """
      SELECT q.*, x.t, x.e, q.recent_calls * exp(-x.e / 10) AS recent,
        h.calls + x.my_calls AS calls_held, h.tokens + x.my_tokens AS tokens_held, h.others, x.me, x.my_calls, x.my_tokens,
        LEAST(%s, rpm_level + x.e * rpm_limit / 60) AS rpm,
        GREATEST(LEAST(rpd_limit, rpd_level + x.e * rpd_limit / 86400),
          CASE WHEN requests_full_at <= x.t THEN rpd_limit - h.calls - x.my_calls END) AS rpd,
        GREATEST(LEAST(tpm_limit, tpm_level + x.e * GREATEST(tpm_limit / 600, tpm_limit / 60 - co_tenant_rate)),
          CASE WHEN tokens_full_at <= x.t THEN tpm_limit - h.tokens - x.my_tokens END) AS tpm,
        LEAST(tpd_limit, tpd_level + x.e * tpd_limit / 86400) AS tpd
      """
          .formatted(MOST_REQUESTS);

  /**
   * What {@link #COLUMNS} need beside the row {@code q}; three parameters: a {@link
   * OpenReservations}.
   */
  static final String BESIDE =
      """
      CROSS JOIN LATERAL (
        SELECT n.t, GREATEST(0, extract(epoch FROM n.t - q.refilled_at))::double precision AS e,
               ?::text AS me, ?::double precision AS my_calls, ?::double precision AS my_tokens
        FROM (SELECT clock_timestamp() AS t) n) x
      CROSS JOIN LATERAL (
        SELECT COALESCE(sum((s.value ->> 0)::double precision), 0) AS calls,
               COALESCE(sum((s.value ->> 1)::double precision), 0) AS tokens,
               COALESCE(jsonb_object_agg(s.key, s.value), '{}') AS others
        FROM jsonb_each(q.open_reservations) s
        WHERE s.key <> x.me AND (s.value ->> 2)::double precision > extract(epoch FROM x.t)) h
      """;

  /**
   * One row, which the transaction holds. Parameters: a {@link OpenReservations}, then those of
   * {@link QuotaRow#IS}.
   */
  static final String ROW =
      COLUMNS + "FROM model_quota q\n" + BESIDE + "WHERE " + QuotaRow.IS + "\n";

  /** The entry of this replica, added to the others'; %s: SQL of the calls and tokens it holds. */
  static final String HELD =
      "b.others || jsonb_build_object(b.me, jsonb_build_array(%s, %s, extract(epoch FROM b.t) + "
          + BELIEVED_SECONDS
          + "))";

  private Refill() {}

  /** Sets the parameters of {@link #ROW}, the first ones of a statement; the next one's place. */
  static int bind(PreparedStatement statement, OpenReservations mine, QuotaRow row)
      throws SQLException {
    statement.setString(1, mine.holder());
    statement.setDouble(2, mine.calls());
    statement.setDouble(3, mine.tokens());
    return row.bind(statement, 4);
  }
}
