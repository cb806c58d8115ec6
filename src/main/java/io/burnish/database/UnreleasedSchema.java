package io.burnish.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Recognises tables that an unreleased version of Burnish made. Their migrations were replaced by
 * one first migration of another name; Flyway would only report that the files don't match.
 */
final class UnreleasedSchema {

  /** The first migration of every release. */
  static final String FIRST_MIGRATION =
      "V1__create_jobs_items_tracking_quotas_and_the_ledger_of_calls.sql";

  private static final String HAS_HISTORY =
      "SELECT to_regclass('flyway_schema_history') IS NOT NULL";

  /** Flyway records the script with its directory or without, as the class path is built. */
  private static final String IS_UNRELEASED =
      """
      SELECT EXISTS (
        SELECT FROM flyway_schema_history WHERE version = '1' AND regexp_replace(script, '^.*/', '') <> '%s')
      """
          .formatted(FIRST_MIGRATION);

  private UnreleasedSchema() {}

  /** Whether the connection's schema has such tables; false for an empty one. */
  static boolean isIn(Connection connection) throws SQLException {
    return isTrue(connection, HAS_HISTORY) && isTrue(connection, IS_UNRELEASED);
  }

  private static boolean isTrue(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
