package io.burnish.database;

import java.sql.SQLException;

/**
 * A statement failed. The cause says why. The statement had no effect, unless the connection broke
 * at the commit.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final SqlErrorKind kind;
  private final boolean cancelled;

  DatabaseException(SQLException cause) {
    super("a statement failed in the database: " + cause.getMessage(), cause);
    this.kind = SqlErrorKind.of(cause);
    this.cancelled = "57014".equals(cause.getSQLState());
  }

  /**
   * Whether the database as a whole can't be used now: it is stopped, starting, out of resources,
   * read-only after a failover, or refuses the login.
   */
  public boolean isUnavailable() {
    return kind.isUnavailable();
  }

  /** Whether the statement was cancelled, as {@code statement_timeout} does (57014). */
  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Whether a retry may succeed: the database {@link #isUnavailable}, this transaction lost a
   * conflict, or the transaction manager could not commit.
   */
  public static boolean isTransient(Throwable failure) {
    return SqlErrorKind.behind(failure).filter(SqlErrorKind::isTransient).isPresent();
  }
}
