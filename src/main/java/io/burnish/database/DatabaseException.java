package io.burnish.database;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * The database did not take a statement. The cause says why; what was asked has not happened,
 * unless the connection broke at the commit.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;

  DatabaseException(SQLException cause) {
    super("the database did not take a statement: " + cause.getMessage(), cause);
    this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /**
   * Whether the database is away, rather than refusing this statement (SQLSTATE classes 08, 53,
   * 57P).
   */
  public boolean away() {
    return sqlState.isEmpty()
        || sqlState.startsWith("08")
        || sqlState.startsWith("53")
        || sqlState.startsWith("57P");
  }

  /**
   * Whether trying again may help: the database is away, or chose this transaction to give way in a
   * conflict (40001, 40P01), or the transaction manager could not commit.
   */
  public static boolean passes(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException database) {
        return database.away() || database.sqlState.startsWith("40");
      }
      if (cause instanceof SQLException sql) {
        return new DatabaseException(sql).away()
            || String.valueOf(sql.getSQLState()).startsWith("40");
      }
      // When a commit fails, the transaction manager hands its reason over as suppressed, not as
      // the
      // cause.
      if (Arrays.stream(cause.getSuppressed()).anyMatch(DatabaseException::passes)) {
        return true;
      }
    }
    return false;
  }
}
