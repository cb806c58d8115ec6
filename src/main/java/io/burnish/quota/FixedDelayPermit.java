package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Whose turn it is, where one call is made at a time over all replicas, with fixed delays between
 * them: one row. A turn belongs to a replica for some seconds, which it prolongs while its call is
 * in flight; when it dies, the turn is free soon.
 */
final class FixedDelayPermit {

  /** A turn that was not prolonged for so long belonged to a process that died. */
  private static final String LEASE = "interval '15 seconds'";

  /**
   * One statement: takes the turn, or tells how long until it can be taken. A turn of this replica
   * is no obstacle: who asks for the next one has no call in flight.
   */
  private static final String TAKE =
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

  private static final String END =
      """
      UPDATE fixed_pacing SET in_flight_until = NULL, holder = NULL, last_model = ?, ended_at = e.at, next_at = e.at + ? * interval '1 millisecond'
      FROM (SELECT clock_timestamp() - ? * interval '1 millisecond' AS at) e
      WHERE holder = ?::uuid AND call_no = ?
      """;

  private static final String FREE =
      "UPDATE fixed_pacing SET in_flight_until = NULL, holder = NULL WHERE holder = ?::uuid AND call_no = ?";

  /** The turn is another's by now; the delay holds all the same. */
  private static final String ENDED_BEFORE =
      """
      UPDATE fixed_pacing SET ended_at = GREATEST(ended_at, e.at),
        next_at = GREATEST(next_at, e.at + ? * interval '1 millisecond')
      FROM (SELECT clock_timestamp() - ? * interval '1 millisecond' AS at) e
      """;

  /** The next is due so long after the last one ended, unless it is due later. */
  private static final String LATER =
      "UPDATE fixed_pacing SET next_at = GREATEST(next_at, ended_at + ? * interval '1 millisecond')";

  private static final String PROLONG =
      "UPDATE fixed_pacing SET in_flight_until = clock_timestamp() + %s WHERE holder = ?::uuid AND call_no = ?"
          .formatted(LEASE);

  /** While another call is in flight, its end is asked for so often. */
  static final Grant IN_FLIGHT =
      Grant.denied(Duration.ofMillis(100), "fixed pacing: another call is in flight");

  private final UUID holder;
  private final Duration modelSwitch;

  /**
   * @param holder names this replica
   * @param modelSwitch before the first call to another model
   */
  FixedDelayPermit(UUID holder, Duration modelSwitch) {
    this.holder = holder;
    this.modelSwitch = modelSwitch;
  }

  /**
   * What came of asking for the turn.
   *
   * @param callNo of the call that may be made; empty when none may
   */
  record Turn(Grant grant, OptionalLong callNo) {}

  /** A call that has the turn. */
  record Call(long number, String model) {}

  /** Takes the turn, if it is free. This replica has no call in flight. */
  Turn take(Connection connection, String model) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setObject(1, holder);
      statement.setString(2, model);
      statement.setLong(3, modelSwitch.toMillis());
      statement.setObject(4, holder);
      statement.setObject(5, holder);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long callNo = row.getLong("taken");
        if (!row.wasNull()) {
          return new Turn(Grant.of(1), OptionalLong.of(callNo));
        }
        Duration until = Duration.ofMillis((long) Math.ceil(row.getDouble("seconds") * 1000));
        return new Turn(
            row.getBoolean("busy")
                ? IN_FLIGHT
                : Grant.denied(until, "fixed pacing: the delay between calls"),
            OptionalLong.empty());
      }
    }
  }

  /**
   * A call ended, and the next is due after a delay.
   *
   * @param age how long ago it ended
   */
  void ended(Connection connection, Call call, Duration delay, Duration age) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setString(1, call.model());
      statement.setLong(2, delay.toMillis());
      statement.setLong(3, age.toMillis());
      statement.setObject(4, holder);
      statement.setLong(5, call.number());
      if (statement.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ENDED_BEFORE)) {
      statement.setLong(1, delay.toMillis());
      statement.setLong(2, age.toMillis());
      statement.executeUpdate();
    }
  }

  /** The call was not sent: the turn is free, and no delay begins. */
  void unsent(Connection connection, Call call) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FREE)) {
      statement.setObject(1, holder);
      statement.setLong(2, call.number());
      statement.executeUpdate();
    }
  }

  /** The call is still in flight. */
  void prolong(Connection connection, long callNo) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PROLONG)) {
      statement.setObject(1, holder);
      statement.setLong(2, callNo);
      statement.executeUpdate();
    }
  }

  /** The last answer was no good: the next call waits at least so long after it. */
  void later(Connection connection, Duration delay) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LATER)) {
      statement.setLong(1, delay.toMillis());
      statement.executeUpdate();
    }
  }
}
