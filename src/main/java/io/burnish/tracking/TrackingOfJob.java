package io.burnish.tracking;

import io.burnish.tracking.decision.TrackingScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about the records of one job, to be deleted.
 *
 * @param job whose records
 * @param profile of the job
 * @param scope whose decisions the job uses
 * @param retry only records that this retry took, and only failures; null: all records, and results
 *     too
 * @param byKey whether the job identifies records by key; otherwise by content
 */
public record TrackingOfJob(
    UUID job, String profile, TrackingScope scope, @Nullable Integer retry, boolean byKey) {

  private static final String OF_ITEMS =
      """
      USING item i
      WHERE i.job_id = ? AND (?::int IS NULL OR i.retry = ? AND t.state = 'failed') AND t.profile = ? AND t.provider = ?
      """;

  private static final String OF_OWNER = " AND t.owner = ?";

  private static final String CONTENTS =
      "DELETE FROM enhancement t " + OF_ITEMS + OF_OWNER + " AND t.fingerprint = i.fingerprint";

  private static final String KEYS =
      "DELETE FROM enhancement t "
          + OF_ITEMS
          + OF_OWNER
          + " AND left(t.record_key, 200) = left(i.record_key, 200) AND t.record_key = i.record_key";

  private static final String IMPORTED =
      "DELETE FROM imported_key t " + OF_ITEMS + " AND t.record_key = i.record_key";

  private static final String IMPORTED_OF_OWNER =
      "DELETE FROM imported_key_of_owner t "
          + OF_ITEMS
          + OF_OWNER
          + " AND t.record_key = i.record_key";

  int delete(Connection connection) throws SQLException {
    if (!byKey) {
      return delete(connection, CONTENTS, true);
    }
    int imported =
        scope.isDefault()
            ? delete(connection, IMPORTED, false)
            : delete(connection, IMPORTED_OF_OWNER, true);
    return delete(connection, KEYS, true) + imported;
  }

  private int delete(Connection connection, String sql, boolean ofOwner) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, job);
      statement.setObject(2, retry, Types.INTEGER);
      statement.setObject(3, retry, Types.INTEGER);
      statement.setString(4, profile);
      statement.setString(5, scope.provider());
      if (ofOwner) {
        statement.setString(6, scope.owner());
      }
      return statement.executeUpdate();
    }
  }
}
