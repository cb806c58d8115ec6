package io.burnish.queue;

import io.burnish.database.DatabaseException;
import io.burnish.database.Query;
import io.burnish.database.Sql;
import io.burnish.queue.item.CountedItems;
import io.burnish.queue.item.FailureReason;
import io.burnish.queue.item.NextWait;
import jakarta.inject.Singleton;
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

/**
 * Reads what the items of a job do: how many are running, what they wait for, why they failed. Each
 * method is one short statement, on its own or in the caller's transaction. Thread-safe.
 *
 * <p>All methods throw {@link DatabaseException} when the database does not answer.
 */
@Singleton
public class ItemStates {

  /** Failed items that {@link #failureReasons} counts. */
  public static final int FAILURES_COUNTED = 10_000;

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

  private final Sql sql;

  ItemStates(Sql sql) {
    this.sql = sql;
  }

  /** Counts the job's running items and those whose key collides, in one statement. */
  public CountedItems count(UUID job) {
    return sql.run(counting(job)::on);
  }

  /** The query of {@link #count}, to be run with others. */
  public static Query<CountedItems> counting(UUID job) {
    return new Query<>(COUNT, List.of(job, job), ItemStates::counted);
  }

  /** Counts the running items of several jobs; jobs without any are missing. */
  public Map<UUID, Integer> countRunning(Collection<UUID> jobs) {
    return jobs.isEmpty() ? Map.of() : sql.run(connection -> countRunning(connection, jobs));
  }

  /** The wait of the job that ends first; empty when no item waits. */
  public Optional<NextWait> nextWait(UUID job) {
    return sql.run(new Query<>(NEXT_WAIT, List.of(job), ItemStates::firstWait)::on);
  }

  /**
   * Counts the first {@value #FAILURES_COUNTED} failed items of a job by error code, most frequent
   * first.
   */
  public List<FailureReason> failureReasons(UUID job) {
    return sql.run(
        new Query<>(FAILURE_REASONS, List.of(job, FAILURES_COUNTED), ItemStates::reasons)::on);
  }

  private static CountedItems counted(ResultSet row) throws SQLException {
    row.next();
    return new CountedItems(row.getInt("running"), row.getInt("key_collisions"));
  }

  private static Map<UUID, Integer> countRunning(Connection connection, Collection<UUID> jobs)
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

  private static Optional<NextWait> firstWait(ResultSet row) throws SQLException {
    return row.next()
        ? Optional.of(
            new NextWait(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
        : Optional.empty();
  }

  private static List<FailureReason> reasons(ResultSet rows) throws SQLException {
    List<FailureReason> reasons = new ArrayList<>();
    while (rows.next()) {
      reasons.add(new FailureReason(rows.getString(1), rows.getInt(2), rows.getString("example")));
    }
    return reasons;
  }
}
