package io.burnish.tracking;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one provider's tracking holds: counted, and key by key. */
final class Overview {

  private static final String COUNTS =
      """
      SELECT profile, sum(processed) AS processed, sum(failed) AS failed, sum(imported) AS imported
      FROM (SELECT profile, count(*) FILTER (WHERE state = 'processed') AS processed,
                   count(*) FILTER (WHERE state = 'failed') AS failed, 0 AS imported
            FROM enhancement WHERE provider = ? GROUP BY profile
            UNION ALL
            SELECT profile, 0, 0, count(*) FROM imported_key WHERE provider = ? GROUP BY profile) x
      GROUP BY profile
      """;

  private static final String OF_KEY =
      """
      SELECT profile, encode(fingerprint, 'hex') AS hex, state, NULL AS result, error_code, errors, model, at
      FROM enhancement
      WHERE left(record_key, 200) = left(?, 200) AND record_key = ? AND provider = ?
      UNION ALL
      SELECT profile, NULL, state, NULL, NULL, NULL, NULL, imported_at
      FROM imported_key WHERE provider = ? AND record_key = ?
      ORDER BY at DESC, hex LIMIT ?
      """;

  private Overview() {}

  static Map<String, TrackedCounts> counts(Connection connection, String provider)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
      statement.setString(1, provider);
      statement.setString(2, provider);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, TrackedCounts> counts = new TreeMap<>();
        while (rows.next()) {
          counts.put(
              rows.getString("profile"),
              new TrackedCounts(
                  rows.getLong("processed"), rows.getLong("failed"), rows.getLong("imported")));
        }
        return counts;
      }
    }
  }

  static List<Tracked> ofKey(Connection connection, String provider, String key, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_KEY)) {
      statement.setString(1, key);
      statement.setString(2, key);
      statement.setString(3, provider);
      statement.setString(4, provider);
      statement.setString(5, key);
      statement.setInt(6, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<Tracked> tracked = new ArrayList<>();
        while (rows.next()) {
          tracked.add(new Tracked(rows.getString("profile"), known(rows)));
        }
        return tracked;
      }
    }
  }

  private static Known known(ResultSet row) throws SQLException {
    return row.getString("hex") == null
        ? Known.imported(Lookup.state(row.getString("state")), Lookup.instant(row, "at"))
        : Lookup.decided(row);
  }
}
