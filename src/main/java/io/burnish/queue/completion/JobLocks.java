package io.burnish.queue.completion;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;

/** Locks the rows of jobs before their counters change. */
public final class JobLocks {

  /** In one order for all batches; otherwise two replicas could deadlock. */
  private static final String SQL =
      "SELECT id FROM job WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

  private JobLocks() {}

  /** Locks the jobs until the end of the transaction. */
  public static void take(Connection connection, Stream<UUID> jobs) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setArray(1, connection.createArrayOf("uuid", jobs.distinct().toArray()));
      statement.execute();
    }
  }
}
