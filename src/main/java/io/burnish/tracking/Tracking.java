package io.burnish.tracking;

import io.burnish.database.Columns;
import io.burnish.database.Sql;
import io.burnish.database.TextArray;
import io.burnish.record.Fingerprint;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The door of this room: what was decided before, by content. Each method takes part in the
 * caller's transaction, or has one of its own.
 */
@Singleton
public class Tracking {

  private static final String KNOWN =
      """
      SELECT encode(fingerprint, 'hex') AS hex, result, error_code, errors, model, at FROM enhancement
      WHERE profile = ? AND fingerprint IN (SELECT decode(h, 'hex') FROM unnest(?::text[]) h)
      """;

  /** A failure never takes the place of a success: another job may have had other rules. */
  private static final String REMEMBER =
      """
      INSERT INTO enhancement AS e (profile, fingerprint, record_key, state, result, error_code, errors, model)
      SELECT DISTINCT ON (d.profile, d.hex) d.profile, decode(d.hex, 'hex'), d.record_key,
             CASE WHEN d.result IS NULL THEN 'failed' ELSE 'processed' END, d.result, d.error_code, d.errors::text[], d.model
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS d(profile, hex, record_key, result, error_code, errors, model)
      ORDER BY d.profile, d.hex, d.result IS NULL
      ON CONFLICT (profile, fingerprint) DO UPDATE SET
        record_key = EXCLUDED.record_key, state = EXCLUDED.state, result = EXCLUDED.result,
        error_code = EXCLUDED.error_code, errors = EXCLUDED.errors, model = EXCLUDED.model, at = EXCLUDED.at
      WHERE EXCLUDED.state = 'processed' OR e.state = 'failed'
      """;

  private final Sql sql;

  Tracking(Sql sql) {
    this.sql = sql;
  }

  /** What is known of these contents; those nothing is known of are not in the map. */
  public Map<Fingerprint, Known> known(String profile, Collection<Fingerprint> fingerprints) {
    return fingerprints.isEmpty()
        ? Map.of()
        : sql.run(connection -> known(connection, profile, fingerprints));
  }

  private static Map<Fingerprint, Known> known(
      Connection connection, String profile, Collection<Fingerprint> fingerprints)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setString(1, profile);
      statement.setArray(
          2, new Columns<>(connection, List.copyOf(fingerprints)).texts(Fingerprint::hex));
      try (ResultSet rows = statement.executeQuery()) {
        Map<Fingerprint, Known> known = new HashMap<>();
        while (rows.next()) {
          known.put(new Fingerprint(rows.getString("hex")), known(rows));
        }
        return known;
      }
    }
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        Optional.ofNullable(row.getString("result")),
        Optional.ofNullable(row.getString("error_code")),
        TextArray.read(row.getArray("errors")),
        Optional.ofNullable(row.getString("model")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  /** Remembers decisions; the latest counts, but a failure never takes the place of a success. */
  public void remember(List<Decided> decisions) {
    if (!decisions.isEmpty()) {
      sql.run(connection -> remember(connection, decisions));
    }
  }

  private static int remember(Connection connection, List<Decided> decisions) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
      Columns<Decided> columns = new Columns<>(connection, decisions);
      statement.setArray(1, columns.texts(Decided::profile));
      statement.setArray(2, columns.texts(decided -> decided.fingerprint().hex()));
      statement.setArray(3, columns.texts(Decided::key));
      statement.setArray(4, columns.texts(Decided::result));
      statement.setArray(5, columns.texts(Decided::errorCode));
      statement.setArray(6, columns.lists(Decided::errors));
      statement.setArray(7, columns.texts(Decided::model));
      return statement.executeUpdate();
    }
  }

  /** How many contents are processed, and how many failed. */
  public Map<String, Long> counts() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      "SELECT state, count(*) FROM enhancement GROUP BY state");
              ResultSet rows = statement.executeQuery()) {
            Map<String, Long> counts = new TreeMap<>(Map.of("processed", 0L, "failed", 0L));
            while (rows.next()) {
              counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
          }
        });
  }

  /**
   * Forgets everything. Finished jobs keep their results.
   *
   * @return how many contents were forgotten
   */
  public int clear() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("DELETE FROM enhancement")) {
            return statement.executeUpdate();
          }
        });
  }
}
