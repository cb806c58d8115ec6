package io.burnish.quota.fixed;

import io.burnish.quota.limit.Grant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The permit for one call at a time over all replicas, with fixed delays between calls: one row. A
 * replica holds it by a lease, which it renews while its call is in flight. When the replica dies,
 * the lease expires.
 */
public final class FixedDelayPermit {

  /** The permit of a replica that stopped expires after this time. */
  private static final String LEASE = "interval '15 seconds'";

  /**
   * Acquires the permit, or returns the wait. A permit that this replica holds does not block it:
   * it has no call in flight.
   */
  private static final String ACQUIRE =
      """
      WITH b AS MATERIALIZED (
        SELECT *, clock_timestamp() AS t FROM fixed_pacing FOR UPDATE),
      g AS (
        SELECT b.*, b.in_flight_until > b.t AND b.holder IS DISTINCT FROM ?::uuid AS busy, GREATEST(
          b.next_at,
          CASE WHEN b.last_model <> ? THEN b.ended_at + ? * interval '1 millisecond' END,
          CASE WHEN b.holder IS DISTINCT FROM ?::uuid THEN b.in_flight_until END) AS free_at
        FROM b),
      u AS (
        UPDATE fixed_pacing p
        SET in_flight_until = g.t + %s, holder = ?::uuid, call_no = g.call_no + 1
        FROM g WHERE g.free_at <= g.t RETURNING p.call_no)
      SELECT (SELECT call_no FROM u) AS taken, extract(epoch FROM free_at - t) AS seconds, busy FROM g
      """
          .formatted(LEASE);

  private static final String COMPLETE =
      """
      UPDATE fixed_pacing SET in_flight_until = NULL, holder = NULL, last_model = ?, ended_at = e.at, next_at = e.at + ? * interval '1 millisecond'
      FROM (SELECT clock_timestamp() - ? * interval '1 millisecond' AS at) e
      WHERE holder = ?::uuid AND call_no = ?
      """;

  private static final String RELEASE =
      "UPDATE fixed_pacing SET in_flight_until = NULL, holder = NULL WHERE holder = ?::uuid AND call_no = ?";

  /** Another replica holds the permit by now; the delay applies all the same. */
  private static final String DELAY_AFTER =
      """
      UPDATE fixed_pacing SET ended_at = GREATEST(ended_at, e.at),
        next_at = GREATEST(next_at, e.at + ? * interval '1 millisecond')
      FROM (SELECT clock_timestamp() - ? * interval '1 millisecond' AS at) e
      """;

  /** Delays the next call until so long after the end of the last one. */
  private static final String DELAY_NEXT =
      "UPDATE fixed_pacing SET next_at = GREATEST(next_at, ended_at + ? * interval '1 millisecond')";

  private static final String RENEW =
      "UPDATE fixed_pacing SET in_flight_until = clock_timestamp() + %s WHERE holder = ?::uuid AND call_no = ?"
          .formatted(LEASE);

  /** Denies a call while another is in flight; the wait is the polling interval. */
  static final Grant IN_FLIGHT =
      Grant.denied(Duration.ofMillis(100), "fixed pacing: another call is in flight");

  private final UUID holder;
  private final Duration modelSwitch;

  /**
   * @param holder name of this replica
   * @param modelSwitch delay before the first call to another model
   */
  public FixedDelayPermit(UUID holder, Duration modelSwitch) {
    this.holder = holder;
    this.modelSwitch = modelSwitch;
  }

  /**
   * The result of a request for the permit.
   *
   * @param callNo number of the granted call; empty if none is granted
   */
  record Acquisition(Grant grant, OptionalLong callNo) {}

  /** A call that holds the permit. */
  record Call(long number, String model) {}

  /** Acquires the permit if it is free. This replica has no call in flight. */
  Acquisition acquire(Connection connection, String model) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
      statement.setObject(1, holder);
      statement.setString(2, model);
      statement.setLong(3, modelSwitch.toMillis());
      statement.setObject(4, holder);
      statement.setObject(5, holder);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long callNo = row.getLong("taken");
        if (!row.wasNull()) {
          return new Acquisition(Grant.of(1), OptionalLong.of(callNo));
        }
        Duration until = Duration.ofMillis((long) Math.ceil(row.getDouble("seconds") * 1000));
        return new Acquisition(
            row.getBoolean("busy")
                ? IN_FLIGHT
                : Grant.denied(until, "fixed pacing: the delay between calls"),
            OptionalLong.empty());
      }
    }
  }

  /**
   * Releases the permit; the next call is due after a delay.
   *
   * @param age time since the call ended
   */
  void complete(Connection connection, Call call, Duration delay, Duration age)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      statement.setString(1, call.model());
      statement.setLong(2, delay.toMillis());
      statement.setLong(3, age.toMillis());
      statement.setObject(4, holder);
      statement.setLong(5, call.number());
      if (statement.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(DELAY_AFTER)) {
      statement.setLong(1, delay.toMillis());
      statement.setLong(2, age.toMillis());
      statement.executeUpdate();
    }
  }

  /** Releases the permit of a call that was not sent: without a delay. */
  void release(Connection connection, Call call) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, holder);
      statement.setLong(2, call.number());
      statement.executeUpdate();
    }
  }

  /** Renews the lease of a call in flight. */
  void renew(Connection connection, long callNo) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setObject(1, holder);
      statement.setLong(2, callNo);
      statement.executeUpdate();
    }
  }

  /** Delays the next call after the last one, e.g. after an invalid answer. */
  void delayNext(Connection connection, Duration delay) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELAY_NEXT)) {
      statement.setLong(1, delay.toMillis());
      statement.executeUpdate();
    }
  }
}
