package io.burnish.tracking;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** State files of the script that Burnish replaces, written to the database. */
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
}
