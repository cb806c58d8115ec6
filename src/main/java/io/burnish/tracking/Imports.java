package io.burnish.tracking;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** State files of the script that Burnish replaces, written to the database and read from it. */
final class Imports {

  private static final int CHUNK = 10_000;

  private static final String WRITE_KEYS =
      """
      INSERT INTO imported_key AS k (provider, profile, record_key, state)
      SELECT DISTINCT ON (d.record_key) ?, ?, d.record_key, CASE WHEN d.failed THEN 'failed' ELSE 'processed' END
      FROM unnest(?::text[], ?::boolean[]) AS d(record_key, failed)
      ORDER BY d.record_key, d.failed
      ON CONFLICT (provider, profile, record_key) DO UPDATE SET state = 'processed', imported_at = EXCLUDED.imported_at
      WHERE k.state = 'failed' AND EXCLUDED.state = 'processed'
      """;

  private static final String WRITE_COUNTS =
      """
      INSERT INTO imported_429_count (provider, model, times)
      SELECT DISTINCT ON (d.model) ?, d.model, d.times FROM unnest(?::text[], ?::int[]) AS d(model, times)
      ORDER BY d.model, d.times DESC
      ON CONFLICT (provider, model) DO UPDATE SET times = EXCLUDED.times
      """;

  private static final String READ_KEYS =
      """
      SELECT record_key, bool_or(state = 'processed') AS processed
      FROM (SELECT record_key, state FROM enhancement WHERE provider = ? AND profile = ? AND record_key IS NOT NULL
            UNION ALL
            SELECT record_key, state FROM imported_key WHERE provider = ? AND profile = ?) x
      GROUP BY record_key
      """;

  private static final String READ_COUNTS =
      "SELECT model, times FROM imported_429_count WHERE provider = ?";

  private static final String NOW =
      """
      SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
      """;

  private Imports() {}

  /** A key of the file. */
  private record Listed(String key, boolean failed) {}

  static int write(Connection connection, String provider, String profile, StateFile file)
      throws SQLException {
    List<Listed> keys = new ArrayList<>();
    file.processed().forEach(key -> keys.add(new Listed(key, false)));
    file.failed().forEach(key -> keys.add(new Listed(key, true)));
    int written = 0;
    try (PreparedStatement statement = connection.prepareStatement(WRITE_KEYS)) {
      for (int from = 0; from < keys.size(); from += CHUNK) {
        var columns =
            new Columns<>(connection, keys.subList(from, Math.min(from + CHUNK, keys.size())));
        statement.setString(1, provider);
        statement.setString(2, profile);
        statement.setArray(3, columns.texts(Listed::key));
        statement.setArray(4, columns.of("bool", Listed::failed));
        written += statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE_COUNTS)) {
      var columns = new Columns<>(connection, List.copyOf(file.times429().entrySet()));
      statement.setString(1, provider);
      statement.setArray(2, columns.texts(Map.Entry::getKey));
      statement.setArray(3, columns.of("int4", Map.Entry::getValue));
      statement.executeUpdate();
    }
    return written;
  }

  static StateFile read(Connection connection, String provider, String profile)
      throws SQLException {
    Set<String> processed = new HashSet<>();
    Set<String> failed = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(READ_KEYS)) {
      statement.setString(1, provider);
      statement.setString(2, profile);
      statement.setString(3, provider);
      statement.setString(4, profile);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          (rows.getBoolean("processed") ? processed : failed).add(rows.getString("record_key"));
        }
      }
    }
    return new StateFile(processed, failed, counts(connection, provider), now(connection));
  }

  private static Map<String, Integer> counts(Connection connection, String provider)
      throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ_COUNTS)) {
      statement.setString(1, provider);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString("model"), rows.getInt("times"));
        }
      }
    }
    return counts;
  }

  private static String now(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOW);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
