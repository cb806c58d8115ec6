package io.burnish.tracking;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes a batch of decisions. */
final class Remembering {

  /** A failure never takes the place of a success: another job may have had other rules. */
  private static final String SQL =
      """
      INSERT INTO enhancement AS e
        (provider, profile, fingerprint, record_key, state, result, error_code, errors, model)
      SELECT DISTINCT ON (d.profile, d.hex) d.provider, d.profile, decode(d.hex, 'hex'), d.record_key,
             CASE WHEN d.result IS NULL THEN 'failed' ELSE 'processed' END, d.result, d.error_code, d.errors::text[], d.model
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS d(provider, profile, hex, record_key, result, error_code, errors, model)
      ORDER BY d.profile, d.hex, d.result IS NULL
      ON CONFLICT (profile, fingerprint) DO UPDATE SET
        record_key = EXCLUDED.record_key, state = EXCLUDED.state, result = EXCLUDED.result,
        error_code = EXCLUDED.error_code, errors = EXCLUDED.errors, model = EXCLUDED.model, at = EXCLUDED.at
      WHERE EXCLUDED.state = 'processed' OR e.state = 'failed'
      """;

  private Remembering() {}

  static int remember(Connection connection, List<Decided> decisions) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Columns<Decided> columns = new Columns<>(connection, decisions);
      statement.setArray(1, columns.texts(Decided::provider));
      statement.setArray(2, columns.texts(Decided::profile));
      statement.setArray(3, columns.texts(decided -> decided.fingerprint().hex()));
      statement.setArray(4, columns.texts(Decided::key));
      statement.setArray(5, columns.texts(Decided::result));
      statement.setArray(6, columns.texts(Decided::errorCode));
      statement.setArray(7, columns.lists(Decided::errors));
      statement.setArray(8, columns.texts(Decided::model));
      return statement.executeUpdate();
    }
  }
}
