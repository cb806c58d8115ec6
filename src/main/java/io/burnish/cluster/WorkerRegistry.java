package io.burnish.cluster;

import io.burnish.database.Sql;
import io.burnish.metrics.ItemMeters;
import io.burnish.queue.claim.LowWaterMark;
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
 * The workers of all replicas: their heartbeats, and the rescue of items whose worker has ended or
 * lost its lease. A heartbeat updates one small row, independent of the number of claimed items.
 * Thread-safe, and safe across replicas.
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
   * A rescued item gets a new fence, so that its former worker can't commit if it was only
   * suspended.
   */
  private static final String RESCUE =
      """
      WITH expired AS MATERIALIZED (
        DELETE FROM worker
        WHERE id = ANY (?) OR (id <> ? AND heartbeat_at < clock_timestamp() - ? * interval '1 millisecond')
        RETURNING id),
      claimed AS MATERIALIZED (
        SELECT i.id FROM item i JOIN expired ON expired.id = i.worker_id
        WHERE i.state = 'running' ORDER BY i.id FOR UPDATE OF i),
      made_ready AS (
        UPDATE item i SET state = 'ready', worker_id = NULL, fence = i.fence + 1
        FROM claimed WHERE i.id = claimed.id
        RETURNING i.job_id, i.seq)
      """
          + LowWaterMark.LOWER;

  private static final String RECLAIM =
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

  private static final String DEREGISTER = "DELETE FROM worker WHERE id = ?";

  private final Sql sql;
  private final ItemMeters meters;

  WorkerRegistry(Sql sql, ItemMeters meters) {
    this.sql = sql;
    this.meters = meters;
  }

  /**
   * Renews the lease of a worker; registers the worker when it is not registered.
   *
   * @return whether it was registered; false after its lease expired and its items were rescued
   */
  public boolean heartbeat(WorkerProcess process) {
    return sql.run(c -> heartbeat(c, process));
  }

  /** Other workers that are registered under the name of a node. */
  public List<SameNodeWorker> sameNodeWorkers(UUID worker, String node) {
    return sql.run(c -> sameNodeWorkers(c, worker, node));
  }

  /**
   * Releases the items of workers that have ended or whose lease has expired, under a new fence;
   * charges no attempt.
   *
   * @param worker the rescuing worker; its own items are not rescued
   * @param ended workers known to have ended
   * @param silence time without a heartbeat after which the lease of any other worker expires
   * @return number of items released
   */
  public int rescue(UUID worker, Collection<UUID> ended, Duration silence) {
    int rescued = sql.run(c -> rescue(c, worker, ended, silence));
    meters.rescued(rescued);
    return rescued;
  }

  /**
   * Releases, under a new fence, the items that the database has as claimed by the worker and that
   * are not in flight: claims whose acknowledgement was lost, or whose outcome was not written.
   *
   * @param inFlight ids of the items that stay claimed
   * @return number of items released
   */
  public int reclaim(UUID worker, Collection<Long> inFlight) {
    return sql.run(c -> reclaim(c, worker, inFlight));
  }

  /**
   * Releases all items that the worker has claimed, and removes it from the registry.
   *
   * @return number of items released
   */
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

  static int rescue(Connection connection, UUID worker, Collection<UUID> ended, Duration silence)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESCUE)) {
      statement.setArray(1, connection.createArrayOf("uuid", ended.toArray()));
      statement.setObject(2, worker);
      statement.setLong(3, silence.toMillis());
      return LowWaterMark.madeReady(statement);
    }
  }

  static int reclaim(Connection connection, UUID worker, Collection<Long> inFlight)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECLAIM)) {
      statement.setObject(1, worker);
      statement.setArray(2, connection.createArrayOf("int8", inFlight.toArray()));
      return LowWaterMark.madeReady(statement);
    }
  }

  static int deregister(Connection connection, UUID worker) throws SQLException {
    int released = reclaim(connection, worker, List.of());
    try (PreparedStatement statement = connection.prepareStatement(DEREGISTER)) {
      statement.setObject(1, worker);
      statement.executeUpdate();
    }
    return released;
  }
}
