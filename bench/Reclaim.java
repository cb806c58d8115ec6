package io.burnish.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Gives the benchmark of a held snapshot the statement by which a worker reclaims its items. */
public final class Reclaim {

  private Reclaim() {}

  /** Reclaims what a worker holds no more; the number of items. */
  public static int items(Connection connection, UUID worker) throws SQLException {
    return WorkerRegistry.reclaim(connection, worker, List.of());
  }
}
