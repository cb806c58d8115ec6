package io.burnish.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Whose turn it is, where one call is made at a time over all replicas, with fixed delays between
 * them: one row.
 */
final class FixedTurn {

  /** A call that nobody ended for so long belonged to a process that died. */
  private static final String FORGOTTEN = "interval '3 minutes'";

  /** One statement: takes the turn, or tells how long until it can be taken. */
  private static final String TAKE =
      """
      WITH b AS MATERIALIZED (
        SELECT *, clock_timestamp() AS t FROM fixed_pacing FOR UPDATE),
      g AS (
        SELECT b.*, GREATEST(
          b.next_at,
          CASE WHEN b.last_model <> ? THEN b.ended_at + ? * interval '1 millisecond' END,
          b.in_flight_until) AS free_at
        FROM b),
      u AS (
        UPDATE fixed_pacing p SET in_flight_until = g.t + %s, last_model = ?
        FROM g WHERE g.free_at <= g.t RETURNING 1)
      SELECT EXISTS (SELECT FROM u) AS taken, extract(epoch FROM free_at - t) AS seconds,
             in_flight_until > t AS busy
      FROM g
      """
          .formatted(FORGOTTEN);

  private static final String END =
      """
      UPDATE fixed_pacing SET in_flight_until = NULL, ended_at = clock_timestamp(),
        next_at = clock_timestamp() + ? * interval '1 millisecond'
      """;

  /** The next is due so long after the last one ended, unless it is due later. */
  private static final String LATER =
      "UPDATE fixed_pacing SET next_at = GREATEST(next_at, ended_at + ? * interval '1 millisecond')";

  /** While another call is in flight, its end is asked for so often. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final QuotaConfig.Delays delays;

  FixedTurn(QuotaConfig.Delays delays) {
    this.delays = delays;
  }

  Grant take(Connection connection, String model) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, model);
      statement.setLong(2, delays.modelSwitch().toMillis());
      statement.setString(3, model);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean("taken")) {
          return Grant.of(1);
        }
        Duration until = Duration.ofMillis((long) Math.ceil(row.getDouble("seconds") * 1000));
        return row.getBoolean("busy")
            ? Grant.denied(LOOK, "fixed pacing: another call is in flight")
            : Grant.denied(until, "fixed pacing: the delay between calls");
      }
    }
  }

  /** The call was answered. */
  void answered(Connection connection) throws SQLException {
    move(connection, END, delays.request());
  }

  /** The call was refused by a limit. */
  void refused(Connection connection) throws SQLException {
    move(connection, END, delays.throttled());
  }

  /** The call brought nothing, and is tried again. */
  void unanswered(Connection connection) throws SQLException {
    move(connection, END, delays.retry());
  }

  /** The call was not sent. */
  void untake(Connection connection) throws SQLException {
    move(connection, END, Duration.ZERO);
  }

  /** The answer was no good, and is asked for again. */
  void invalid(Connection connection) throws SQLException {
    move(connection, LATER, delays.retry());
  }

  private static void move(Connection connection, String sql, Duration delay) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, delay.toMillis());
      statement.executeUpdate();
    }
  }
}
