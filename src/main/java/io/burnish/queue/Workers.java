package io.burnish.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Who works, and who fell silent. A beat touches one small row however many items are held. */
final class Workers {

  private static final String BEAT =
      """
      INSERT INTO worker (id, node) VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET heartbeat_at = clock_timestamp()
      """;

  /**
   * A rescued item has a new fence, so that its old holder, should it only have slept, can't
   * commit.
   */
  private static final String RESCUE =
      """
      WITH dead AS MATERIALIZED (
        DELETE FROM worker
        WHERE id <> ? AND (node = ? OR heartbeat_at < clock_timestamp() - ? * interval '1 second')
        RETURNING id),
      held AS MATERIALIZED (
        SELECT i.id FROM item i JOIN dead ON dead.id = i.worker_id
        WHERE i.state = 'running' ORDER BY i.id FOR UPDATE OF i)
      UPDATE item i SET state = 'ready', worker_id = NULL, fence = i.fence + 1
      FROM held WHERE i.id = held.id AND i.state = 'running'
      """;

  private static final String RELEASE =
      """
      UPDATE item SET state = 'ready', worker_id = NULL, fence = fence + 1
      WHERE worker_id = ? AND state = 'running'
      """;

  private static final String FORGET = "DELETE FROM worker WHERE id = ?";

  private Workers() {}

  static int beat(Connection connection, UUID worker, String node) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
      statement.setObject(1, worker);
      statement.setString(2, node);
      return statement.executeUpdate();
    }
  }

  static int rescue(Connection connection, UUID worker, String node, int silenceSeconds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESCUE)) {
      statement.setObject(1, worker);
      statement.setString(2, node);
      statement.setInt(3, silenceSeconds);
      return statement.executeUpdate();
    }
  }

  static int signOff(Connection connection, UUID worker) throws SQLException {
    int released;
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, worker);
      released = statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setObject(1, worker);
      statement.executeUpdate();
    }
    return released;
  }
}
