package io.burnish.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who works, and who fell silent. A beat touches one small row however many items are held. */
final class Workers {

  private static final String BEAT =
      "UPDATE worker SET heartbeat_at = clock_timestamp() WHERE id = ?";

  private static final String REGISTER =
      "INSERT INTO worker (id, node, pid) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING";

  /**
   * A rescued item has a new fence, so that its old holder, should it only have slept, can't
   * commit.
   */
  private static final String RESCUE =
      """
      WITH dead AS MATERIALIZED (
        DELETE FROM worker
        WHERE id = ANY (?) OR (id <> ? AND heartbeat_at < clock_timestamp() - ? * interval '1 millisecond')
        RETURNING id),
      held AS MATERIALIZED (
        SELECT i.id FROM item i JOIN dead ON dead.id = i.worker_id
        WHERE i.state = 'running' ORDER BY i.id FOR UPDATE OF i),
      made_ready AS (
        UPDATE item i SET state = 'ready', worker_id = NULL, fence = i.fence + 1
        FROM held WHERE i.id = held.id
        RETURNING i.job_id, i.seq)
      """
          + ClaimFloor.LOWER;

  private static final String RELEASE =
      """
      WITH made_ready AS (
        UPDATE item SET state = 'ready', worker_id = NULL, fence = fence + 1
        WHERE worker_id = ? AND state = 'running' AND id <> ALL (?)
        RETURNING job_id, seq)
      """
          + ClaimFloor.LOWER;

  private static final String NAMESAKES = "SELECT id, pid FROM worker WHERE node = ? AND id <> ?";

  private static final String FORGET = "DELETE FROM worker WHERE id = ?";

  private Workers() {}

  static boolean beat(Connection connection, UUID worker, String node, long pid)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
      statement.setObject(1, worker);
      if (statement.executeUpdate() > 0) {
        return true;
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      statement.setObject(1, worker);
      statement.setString(2, node);
      statement.setLong(3, pid);
      statement.executeUpdate();
      return false;
    }
  }

  /** Workers of the same node, with their process ids. */
  static Map<UUID, Long> namesakes(Connection connection, UUID worker, String node)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAMESAKES)) {
      statement.setString(1, node);
      statement.setObject(2, worker);
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Long> namesakes = new HashMap<>();
        while (rows.next()) {
          namesakes.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
        return namesakes;
      }
    }
  }

  static int rescue(Connection connection, UUID worker, Collection<UUID> dead, Duration silence)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESCUE)) {
      statement.setArray(1, connection.createArrayOf("uuid", dead.toArray()));
      statement.setObject(2, worker);
      statement.setLong(3, silence.toMillis());
      return ClaimFloor.madeReady(statement);
    }
  }

  static int takeBack(Connection connection, UUID worker, Collection<Long> held)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, worker);
      statement.setArray(2, connection.createArrayOf("int8", held.toArray()));
      return ClaimFloor.madeReady(statement);
    }
  }

  static int signOff(Connection connection, UUID worker) throws SQLException {
    int released = takeBack(connection, worker, List.of());
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setObject(1, worker);
      statement.executeUpdate();
    }
    return released;
  }
}
