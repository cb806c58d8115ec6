package io.burnish.database;

import java.sql.SQLException;

/**
 * The database did not take a statement. The cause says why; what was asked has not happened,
 * unless the connection broke at the commit.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Trouble trouble;
  private final boolean cancelled;

  DatabaseException(SQLException cause) {
    super("the database did not take a statement: " + cause.getMessage(), cause);
    this.trouble = Trouble.of(cause);
    this.cancelled = "57014".equals(cause.getSQLState());
  }

  /**
   * Whether the database can't be used now, rather than refusing this statement: it is stopped,
   * starting, out of resources, read-only after a failover, or takes no connection.
   */
  public boolean isUnavailable() {
    return trouble.isUnavailable();
  }

  /** Whether the statement was cancelled, as {@code statement_timeout} does (57014). */
  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Whether trying again may help: the database is {@link #isUnavailable}, or chose this
   * transaction to give way in a conflict, or the transaction manager could not commit.
   */
  public static boolean isTransient(Throwable failure) {
    return Trouble.behind(failure).filter(Trouble::isTransient).isPresent();
  }
}
