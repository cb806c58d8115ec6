package io.burnish.tracking.legacy;

import io.burnish.database.Sql;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exports the decisions of one provider and owner as state files.
 *
 * @param sql runs the statements
 * @param provider whose decisions are exported
 * @param owner of the decisions
 */
public record StateFileExport(Sql sql, String provider, String owner) {

  /** Ten million keys are sorted in less than a minute. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final int FETCH_SIZE = 10_000;

  /** Processed before failed; numbers in numeric order, then texts. */
  private static final String KEYS =
      """
      SELECT record_key, processed FROM (
        SELECT record_key, bool_or(state = 'processed') AS processed
        FROM (SELECT record_key, state FROM enhancement WHERE provider = ? AND owner = ? AND profile = ? AND record_key IS NOT NULL
              UNION ALL
              SELECT k.record_key, e.state FROM enhancement_key k JOIN enhancement e USING (profile, fingerprint)
              WHERE e.provider = ? AND e.owner = ? AND e.profile = ?
              UNION ALL
              SELECT record_key, state FROM imported_keys WHERE provider = ? AND owner = ? AND profile = ?) x
        GROUP BY record_key) k
      ORDER BY processed DESC, CASE WHEN record_key ~ '^[0-9]{1,18}$' THEN record_key::bigint END NULLS LAST,
        record_key COLLATE "C"
      """;

  private static final String COUNTS =
      "SELECT model, times FROM imported_429_counts WHERE provider = ? AND owner = ?";

  private static final String NOW =
      """
      SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
      """;

  /**
   * Writes a profile's file to disk, then to {@code out}.
   *
   * @throws IOException when writing to either fails
   */
  public void write(String profile, OutputStream out) throws IOException {
    Path file = Files.createTempFile("burnish-tracking-", ".json");
    try {
      sql.runLong(TIMEOUT, connection -> write(connection, profile, file));
      Files.copy(file, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Path write(Connection connection, String profile, Path file) throws SQLException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      StateFileWriter writer = new StateFileWriter(out);
      keys(connection, profile, writer);
      writer.end(counts(connection), now(connection));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the state file could not be written to the disk", e);
    }
  }

  private void keys(Connection connection, String profile, StateFileWriter writer)
      throws SQLException, IOException {
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setFetchSize(FETCH_SIZE);
      for (int place = 1; place <= 7; place += 3) {
        statement.setString(place, provider);
        statement.setString(place + 1, owner);
        statement.setString(place + 2, profile);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          writer.key(rows.getString("record_key"), rows.getBoolean("processed"));
        }
      }
    }
  }

  private Map<String, Integer> counts(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
      statement.setString(1, provider);
      statement.setString(2, owner);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, Integer> counts = new TreeMap<>();
        while (rows.next()) {
          counts.put(rows.getString("model"), rows.getInt("times"));
        }
        return counts;
      }
    }
  }

  private static String now(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOW);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
