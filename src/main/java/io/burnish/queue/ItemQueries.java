package io.burnish.queue;

import io.burnish.database.Query;
import io.burnish.queue.item.CountedItems;
import io.burnish.queue.item.FailureReason;
import io.burnish.queue.item.NextWait;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the state of a job's items, each in one short statement. */
final class ItemQueries {

  private static final String COUNT =
      """
      SELECT (SELECT count(*) FROM item WHERE state = 'running' AND job_id = ?) AS running,
             (SELECT count(*) FROM key_collision WHERE job_id = ?) AS key_collisions
      """;

  private static final String RUNNING_BY_JOB =
      """
      SELECT job_id, count(*) FROM item WHERE state = 'running' AND job_id = ANY (?) GROUP BY job_id
      """;

  private static final String NEXT_WAIT =
      """
      SELECT wait_reason, due_at FROM item WHERE job_id = ? AND state = 'waiting'
      ORDER BY job_id, due_at LIMIT 1
      """;

  /** Reads the first failed items only, so that the time does not grow with the job. */
  private static final String FAILURE_REASONS =
      """
      WITH first_failed AS MATERIALIZED (
        SELECT i.id, i.seq, i.error_code FROM item i WHERE i.job_id = ? AND i.state = 'failed'
        ORDER BY i.job_id, i.seq LIMIT ?),
      counted AS (
        SELECT error_code, count(*) AS items, (array_agg(id ORDER BY seq))[1] AS first FROM first_failed GROUP BY error_code)
      SELECT c.error_code, c.items, f.errors[1] AS example
      FROM counted c JOIN item_failure f ON f.item_id = c.first ORDER BY c.items DESC, c.error_code
      """;

  private ItemQueries() {}

  static Query<CountedItems> counting(UUID job) {
    return new Query<>(COUNT, List.of(job, job), ItemQueries::counted);
  }

  private static CountedItems counted(ResultSet row) throws SQLException {
    row.next();
    return new CountedItems(row.getInt("running"), row.getInt("key_collisions"));
  }

  static Map<UUID, Integer> countRunning(Connection connection, Collection<UUID> jobs)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RUNNING_BY_JOB)) {
      statement.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Integer> running = new HashMap<>();
        while (rows.next()) {
          running.put(rows.getObject(1, UUID.class), rows.getInt(2));
        }
        return running;
      }
    }
  }

  static Optional<NextWait> nextWait(Connection connection, UUID job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT_WAIT)) {
      statement.setObject(1, job);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new NextWait(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  static List<FailureReason> failureReasons(Connection connection, UUID job, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FAILURE_REASONS)) {
      statement.setObject(1, job);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<FailureReason> reasons = new ArrayList<>();
        while (rows.next()) {
          reasons.add(
              new FailureReason(rows.getString(1), rows.getInt(2), rows.getString("example")));
        }
        return reasons;
      }
    }
  }
}
