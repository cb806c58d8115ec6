package io.burnish.tracking;

import io.burnish.database.Columns;
import io.burnish.record.Fingerprint;
import io.burnish.tracking.decision.EnhancementKey;
import io.burnish.tracking.decision.TrackedDecision;
import io.burnish.tracking.decision.TrackingScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes decisions and their keys in batches. */
final class TrackingWriter {

  /** A failure never replaces a result: another job may have had other rules. */
  private static final String SQL =
      """
      INSERT INTO enhancement AS e
        (provider, owner, profile, fingerprint, record_key, state, result, error_code, errors, model, proof_version)
      SELECT DISTINCT ON (d.profile, d.hex) d.provider, d.owner, d.profile, decode(d.hex, 'hex'), d.record_key,
             CASE WHEN d.result IS NULL THEN 'failed' ELSE 'processed' END, d.result, d.error_code, d.errors::text[], d.model,
             d.proof_version
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS d(provider, owner, profile, hex, record_key, result, error_code, errors, model, proof_version)
      ORDER BY d.profile, d.hex, d.result IS NULL
      ON CONFLICT (profile, fingerprint) DO UPDATE SET
        record_key = COALESCE(e.record_key, EXCLUDED.record_key), state = EXCLUDED.state, result = EXCLUDED.result,
        error_code = EXCLUDED.error_code, errors = EXCLUDED.errors, model = EXCLUDED.model, at = EXCLUDED.at,
        proof_version = EXCLUDED.proof_version
      WHERE EXCLUDED.state = 'processed' OR e.state = 'failed'
      RETURNING e.provider, e.owner, e.profile, encode(e.fingerprint, 'hex') AS hex, e.record_key
      """;

  /**
   * Skips keys of unknown contents, and keys that the content's own row has. The rows are locked,
   * so that none is deleted meanwhile.
   */
  private static final String KEYS =
      """
      WITH d AS MATERIALIZED (
        SELECT DISTINCT profile, decode(hex, 'hex') AS fingerprint, record_key
        FROM unnest(?::text[], ?::text[], ?::text[]) AS t(profile, hex, record_key) WHERE record_key IS NOT NULL),
      known AS MATERIALIZED (
        SELECT e.profile, e.fingerprint, d.record_key FROM d
        JOIN enhancement e ON e.profile = d.profile AND e.fingerprint = d.fingerprint
        WHERE e.record_key IS DISTINCT FROM d.record_key
        ORDER BY e.profile, e.fingerprint FOR KEY SHARE OF e)
      INSERT INTO enhancement_key (profile, fingerprint, record_key)
      SELECT profile, fingerprint, record_key FROM known ORDER BY profile, fingerprint, record_key
      ON CONFLICT (profile, fingerprint, md5(record_key)) DO NOTHING
      """;

  private TrackingWriter() {}

  static int saveKeys(Connection connection, List<EnhancementKey> settled) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      Columns<EnhancementKey> columns = new Columns<>(connection, settled);
      statement.setArray(1, columns.texts(EnhancementKey::profile));
      statement.setArray(2, columns.texts(key -> key.content().hex()));
      statement.setArray(3, columns.texts(EnhancementKey::key));
      return statement.executeUpdate();
    }
  }

  /** Writes decisions; returns the keys that are in the contents' own rows. */
  static Set<EnhancementKey> save(Connection connection, List<TrackedDecision> decisions)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Columns<TrackedDecision> columns = new Columns<>(connection, decisions);
      statement.setArray(1, columns.texts(decided -> decided.scope().provider()));
      statement.setArray(2, columns.texts(decided -> decided.scope().owner()));
      statement.setArray(3, columns.texts(TrackedDecision::profile));
      statement.setArray(4, columns.texts(decided -> decided.fingerprint().hex()));
      statement.setArray(5, columns.texts(TrackedDecision::key));
      statement.setArray(6, columns.texts(TrackedDecision::result));
      statement.setArray(7, columns.texts(TrackedDecision::errorCode));
      statement.setArray(8, columns.lists(TrackedDecision::errors));
      statement.setArray(9, columns.texts(TrackedDecision::model));
      statement.setArray(10, columns.texts(TrackedDecision::proofVersion));
      try (ResultSet rows = statement.executeQuery()) {
        Set<EnhancementKey> named = new HashSet<>();
        while (rows.next()) {
          String key = rows.getString("record_key");
          if (key != null) {
            named.add(
                new EnhancementKey(
                    new TrackingScope(rows.getString("provider"), rows.getString("owner")),
                    rows.getString("profile"),
                    new Fingerprint(rows.getString("hex")),
                    key));
          }
        }
        return named;
      }
    }
  }
}
