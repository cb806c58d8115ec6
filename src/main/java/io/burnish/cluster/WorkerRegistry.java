package io.burnish.cluster;

import io.burnish.database.Sql;
import io.burnish.queue.LowWaterMark;
import jakarta.inject.Singleton;
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

/**
 * The workers of all replicas: their heartbeats, and the rescue of what the dead ones held. A
 * heartbeat touches one small row, however many items are held. Thread-safe, and safe over
 * replicas.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database does not
 * answer.
 */
@Singleton
public class WorkerRegistry {

  private static final String HEARTBEAT =
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
          + LowWaterMark.LOWER;

  private static final String RELEASE =
      """
      WITH made_ready AS (
        UPDATE item SET state = 'ready', worker_id = NULL, fence = fence + 1
        WHERE worker_id = ? AND state = 'running' AND id <> ALL (?)
        RETURNING job_id, seq)
      """
          + LowWaterMark.LOWER;

  private static final String SAME_NODE =
      """
      SELECT id, pid, machine, process_started, heartbeat_at,
             (extract(epoch FROM clock_timestamp() - heartbeat_at) * 1000)::bigint AS silent_ms
      FROM worker WHERE node = ? AND id <> ?
      """;

  private static final String FORGET = "DELETE FROM worker WHERE id = ?";

  private final Sql sql;

  WorkerRegistry(Sql sql) {
    this.sql = sql;
  }

  /**
   * Renews the lease of a worker; registers the worker when it is not known.
   *
   * @return whether it was known; one that was, and is not any more, was taken for dead
   */
  public boolean heartbeat(WorkerProcess process) {
    return sql.run(c -> heartbeat(c, process));
  }

  /** Other workers that are registered under the name of this node. */
  public List<SameNodeWorker> sameNodeWorkers(UUID worker, String node) {
    return sql.run(c -> sameNodeWorkers(c, worker, node));
  }

  /**
   * Releases what dead workers held, under a new fence and without charging an attempt.
   *
   * @param worker who rescues; never counts as silent
   * @param dead workers that are known to be dead
   * @param silence after which any other counts as dead
   * @return how many items
   */
  public int rescue(UUID worker, Collection<UUID> dead, Duration silence) {
    return sql.run(c -> rescue(c, worker, dead, silence));
  }

  /**
   * Releases, under a new fence, all that the worker is said to hold but for these items: claims
   * that it never knew of, or whose outcome it could not write.
   *
   * @return how many
   */
  public int reclaim(UUID worker, Collection<Long> held) {
    return sql.run(c -> reclaim(c, worker, held));
  }

  /** Releases all that the worker holds, and removes it from the registry. */
  public int deregister(UUID worker) {
    return sql.run(c -> deregister(c, worker));
  }

  static boolean heartbeat(Connection connection, WorkerProcess process) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEARTBEAT)) {
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

  static List<SameNodeWorker> sameNodeWorkers(Connection connection, UUID worker, String node)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAME_NODE)) {
      statement.setString(1, node);
      statement.setObject(2, worker);
      try (ResultSet rows = statement.executeQuery()) {
        List<SameNodeWorker> workers = new ArrayList<>();
        while (rows.next()) {
          workers.add(
              new SameNodeWorker(
                  new WorkerProcess(
                      rows.getObject("id", UUID.class),
                      node,
                      rows.getLong("pid"),
                      rows.getString("machine"),
                      rows.getObject("process_started", Long.class)),
                  rows.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
                  Duration.ofMillis(rows.getLong("silent_ms"))));
        }
        return workers;
      }
    }
  }

  static int rescue(Connection connection, UUID worker, Collection<UUID> dead, Duration silence)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESCUE)) {
      statement.setArray(1, connection.createArrayOf("uuid", dead.toArray()));
      statement.setObject(2, worker);
      statement.setLong(3, silence.toMillis());
      return LowWaterMark.madeReady(statement);
    }
  }

  static int reclaim(Connection connection, UUID worker, Collection<Long> held)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, worker);
      statement.setArray(2, connection.createArrayOf("int8", held.toArray()));
      return LowWaterMark.madeReady(statement);
    }
  }

  static int deregister(Connection connection, UUID worker) throws SQLException {
    int released = reclaim(connection, worker, List.of());
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setObject(1, worker);
      statement.executeUpdate();
    }
    return released;
  }
}
