package io.burnish.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/** The statements of {@link WorkerRegistry}, in a transaction of the test's own. */
public final class WorkerRegistryStatements {

  private WorkerRegistryStatements() {}

  /** See {@link WorkerRegistry#heartbeat(WorkerProcess)}. */
  public static boolean heartbeat(Connection connection, WorkerProcess process)
      throws SQLException {
    return WorkerRegistry.heartbeat(connection, process);
  }

  /** See {@link WorkerRegistry#rescue(UUID, Collection, Duration)}. */
  public static int rescue(
      Connection connection, UUID worker, Collection<UUID> ended, Duration silence)
      throws SQLException {
    return WorkerRegistry.rescue(connection, worker, ended, silence);
  }

  /** See {@link WorkerRegistry#deregister(UUID)}. */
  public static int deregister(Connection connection, UUID worker) throws SQLException {
    return WorkerRegistry.deregister(connection, worker);
  }
}
