package io.burnish.retention;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Deletes items and raw answers in chunks, so that each transaction is short. */
@Singleton
class ItemPurge {

  private static final String SOME_ITEMS =
      "SELECT id FROM item WHERE job_id = ? ORDER BY job_id, seq LIMIT ?";

  private static final String ATTEMPTS =
      "DELETE FROM attempt WHERE item_id = ANY (?) RETURNING call_id";

  private static final String RESULTS = "DELETE FROM item_result WHERE item_id = ANY (?)";

  /** Payloads and failures are deleted with their item (ON DELETE CASCADE). */
  private static final String ITEMS = "DELETE FROM item WHERE id = ANY (?)";

  /** A call may have records of several jobs; it is deleted with the last of them. */
  private static final String CALLS =
      """
      DELETE FROM provider_call c
      WHERE c.id = ANY (?) AND NOT EXISTS (SELECT FROM attempt a WHERE a.call_id = c.id)
      """;

  private static final String RAW_ANSWERS =
      """
      UPDATE provider_call SET raw_answer = NULL WHERE id IN (
        SELECT c.id FROM provider_call c
        WHERE c.raw_answer IS NOT NULL AND c.at < clock_timestamp() - ? * interval '1 second'
          AND NOT EXISTS (
            SELECT FROM attempt a JOIN item i ON i.id = a.item_id
            WHERE a.call_id = c.id AND i.state IN ('ready', 'running', 'waiting'))
        ORDER BY c.at LIMIT ?)
      """;

  private final Sql sql;

  ItemPurge(Sql sql) {
    this.sql = sql;
  }

  /**
   * Deletes items of a finished job, all that depends on them, and calls without records of another
   * job.
   *
   * @return number of items deleted; fewer than {@code limit} only when none is left
   */
  int items(UUID job, int limit) {
    return sql.run(c -> items(c, job, limit));
  }

  /**
   * Deletes the raw answers of calls that are older than {@code age} and whose records are all
   * decided. Results stay.
   *
   * @return number of calls changed; fewer than {@code limit} only when none is left
   */
  int rawAnswers(Duration age, int limit) {
    return sql.run(c -> rawAnswers(c, age, limit));
  }

  static int items(Connection connection, UUID job, int limit) throws SQLException {
    Array items;
    try (PreparedStatement statement = connection.prepareStatement(SOME_ITEMS)) {
      statement.setObject(1, job);
      statement.setInt(2, limit);
      items = connection.createArrayOf("int8", firstColumn(statement).toArray());
    }
    Array calls;
    try (PreparedStatement statement = connection.prepareStatement(ATTEMPTS)) {
      statement.setArray(1, items);
      calls =
          connection.createArrayOf("uuid", firstColumn(statement).stream().distinct().toArray());
    }
    delete(connection, RESULTS, items);
    int deleted = delete(connection, ITEMS, items);
    delete(connection, CALLS, calls);
    return deleted;
  }

  private static List<Object> firstColumn(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<Object> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getObject(1));
      }
      return values;
    }
  }

  private static int delete(Connection connection, String sql, Array ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids);
      return statement.executeUpdate();
    }
  }

  static int rawAnswers(Connection connection, Duration age, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RAW_ANSWERS)) {
      statement.setLong(1, age.toSeconds());
      statement.setInt(2, limit);
      return statement.executeUpdate();
    }
  }
}
