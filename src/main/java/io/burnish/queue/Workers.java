package io.burnish.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Who works, and who fell silent. A beat touches one small row however many items are held. */
final class Workers {

  private static final String BEAT =
      "UPDATE worker SET heartbeat_at = clock_timestamp() WHERE id = ?";

  private static final String REGISTER =
      """
      INSERT INTO worker (id, node, pid, machine, process_started) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """;

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

  private static final String NAMESAKES =
      """
      SELECT id, pid, machine, process_started, heartbeat_at,
             (extract(epoch FROM clock_timestamp() - heartbeat_at) * 1000)::bigint AS silent_ms
      FROM worker WHERE node = ? AND id <> ?
      """;

  private static final String FORGET = "DELETE FROM worker WHERE id = ?";

  private Workers() {}

  static boolean beat(Connection connection, WorkerProcess process) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
      statement.setObject(1, process.worker());
      if (statement.executeUpdate() > 0) {
        return true;
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      statement.setObject(1, process.worker());
      statement.setString(2, process.node());
      statement.setLong(3, process.pid());
      statement.setString(4, process.machine());
      statement.setObject(5, process.started(), Types.BIGINT);
      statement.executeUpdate();
      return false;
    }
  }

  static List<Namesake> namesakes(Connection connection, UUID worker, String node)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAMESAKES)) {
      statement.setString(1, node);
      statement.setObject(2, worker);
      try (ResultSet rows = statement.executeQuery()) {
        List<Namesake> namesakes = new ArrayList<>();
        while (rows.next()) {
          namesakes.add(
              new Namesake(
                  new WorkerProcess(
                      rows.getObject("id", UUID.class),
                      node,
                      rows.getLong("pid"),
                      rows.getString("machine"),
                      rows.getObject("process_started", Long.class)),
                  rows.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
                  Duration.ofMillis(rows.getLong("silent_ms"))));
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
