package io.burnish.quota.learn;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A row with its current levels: the first part of all statements about a quota. Levels refill
 * linearly; a level without a limit is null.
 */
public final class Refill {

  /**
   * The lease of a replica's open reservations. Each reservation renews it, and a timer every few
   * seconds; a replica that does not renew it has stopped.
   */
  static final int LEASE_SECONDS = 30;

  /** An adaptive limit is used evenly: at most two seconds' worth at once. */
  private static final String MAX_REQUESTS =
      "CASE WHEN rpm_learned = 'adaptive' THEN GREATEST(1, rpm_limit / 30) ELSE rpm_limit END";

  /**
   * The columns of the row {@code q}; {@code t}: now; {@code rpm, rpd, tpm, tpd}: the levels;
   * {@code recent}: the decayed count of calls; {@code calls_held} and {@code tokens_held}: open
   * reservations of all replicas; {@code others}: those of the other replicas.
   */
  public static final String COLUMNS =
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
          .formatted(MAX_REQUESTS);

  /** The joins that {@link #COLUMNS} need. Three parameters: {@link OpenReservations}. */
  public static final String JOINS =
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

  /** One locked row. Parameters: {@link OpenReservations}, then those of {@link QuotaRow#IS}. */
  public static final String ROW =
      COLUMNS + "FROM model_quota q\n" + JOINS + "WHERE " + QuotaRow.IS + "\n";

  /** The open reservations of all replicas; %s: SQL of the calls and tokens of this one. */
  public static final String HELD =
      "b.others || jsonb_build_object(b.me, jsonb_build_array(%s, %s, extract(epoch FROM b.t) + "
          + LEASE_SECONDS
          + "))";

  private Refill() {}

  /** Sets the parameters of {@link #ROW}; returns the index of the next parameter. */
  public static int bind(PreparedStatement statement, OpenReservations own, QuotaRow row)
      throws SQLException {
    statement.setString(1, own.holder());
    statement.setDouble(2, own.calls());
    statement.setDouble(3, own.tokens());
    return row.bind(statement, 4);
  }
}
