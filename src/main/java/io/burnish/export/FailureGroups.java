package io.burnish.export;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts a job's failed items by code. Thread-safe.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database is not
 * available.
 */
@Singleton
public class FailureGroups {

  /** Failed items that are counted; more would take seconds. */
  public static final int COUNTED = 100_000;

  /** Examples of a group. */
  private static final int EXAMPLES = 3;

  private static final String SQL =
      """
      WITH looked AS MATERIALIZED (
        SELECT i.id, i.seq, i.error_code FROM item i
        WHERE i.job_id = ? AND i.seq >= ? AND i.seq < ? AND i.state = 'failed'
        ORDER BY i.job_id, i.seq LIMIT %d),
      numbered AS (
        SELECT id, seq, error_code, count(*) OVER (PARTITION BY error_code) AS items,
               row_number() OVER (PARTITION BY error_code ORDER BY seq) AS n FROM looked)
      SELECT g.error_code, g.items, g.seq, (SELECT i.record_key FROM item i WHERE i.id = g.id) AS key,
             (SELECT f.errors[1] FROM item_failure f WHERE f.item_id = g.id) AS error
      FROM numbered g WHERE n <= %d ORDER BY items DESC, error_code, seq
      """
          .formatted(COUNTED, EXAMPLES);

  private final Sql sql;

  FailureGroups(Sql sql) {
    this.sql = sql;
  }

  /**
   * The first {@value #COUNTED} failed items by code, most frequent first; of all files when {@code
   * file} is null.
   */
  public List<FailureGroup> of(UUID job, @Nullable Integer file) {
    return sql.run(c -> read(c, job, file));
  }

  private static List<FailureGroup> read(Connection connection, UUID job, @Nullable Integer file)
      throws SQLException {
    int[] seqs =
        file == null ? new int[] {0, Integer.MAX_VALUE} : ExportQueries.seqs(connection, job, file);
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setObject(1, job);
      statement.setInt(2, seqs[0]);
      statement.setInt(3, seqs[1]);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, FailureGroup> groups = new LinkedHashMap<>();
        while (rows.next()) {
          String code = rows.getString("error_code");
          int count = rows.getInt("items");
          groups
              .computeIfAbsent(code, added -> new FailureGroup(added, count, new ArrayList<>()))
              .examples()
              .add(
                  new FailureGroup.Example(
                      rows.getInt("seq"), rows.getString("key"), rows.getString("error")));
        }
        return List.copyOf(groups.values());
      }
    }
  }
}
