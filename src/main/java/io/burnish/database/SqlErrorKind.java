package io.burnish.database;

import java.sql.SQLException;
import java.util.Optional;

/**
 * What an SQLSTATE says about a retry. Whole classes are listed where possible, not single codes.
 * Source: PostgreSQL manual, appendix "PostgreSQL Error Codes", read 2026-11.
 */
enum SqlErrorKind {

  /**
   * The server, the connection or the session can't be used now: no SQLSTATE (no connection to be
   * had), 08 connection, 53 resources, 57P shutdown and start, 58 system, 25P03 and 25P04 session
   * ended by a timeout.
   */
  UNAVAILABLE,

  /** 25006: the server takes no writes, as a standby does after a failover. */
  READ_ONLY,

  /** The server refuses the user, the password or the database: 28, 3D, 08004. */
  LOGIN_REFUSED,

  /**
   * The transaction lost a conflict or was cancelled, and may succeed when repeated: 40, 55P03 and
   * 55006 locks, 57014 cancelled.
   */
  CONFLICT,

  /**
   * The statement itself is refused, and fails each time. Includes XX (internal error), which
   * PostgreSQL reports for values that it can't allocate; and an answer for which this process has
   * no memory, which the driver reports as 53200, as if it were the server's.
   */
  STATEMENT;

  static SqlErrorKind of(SQLException failure) {
    if (failure.getCause() instanceof OutOfMemoryError) {
      return STATEMENT;
    }
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "" -> UNAVAILABLE;
      case "25006" -> READ_ONLY;
      case "08004" -> LOGIN_REFUSED;
      case "25P03", "25P04" -> UNAVAILABLE;
      case "55P03", "55006", "57014" -> CONFLICT;
      default -> ofClass(state);
    };
  }

  private static SqlErrorKind ofClass(String state) {
    if (state.startsWith("57P")) {
      return UNAVAILABLE;
    }
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "08", "53", "58" -> UNAVAILABLE;
      case "28", "3D" -> LOGIN_REFUSED;
      case "40" -> CONFLICT;
      default -> STATEMENT;
    };
  }

  /** The kind of the database error behind a failure; empty when there is none. */
  static Optional<SqlErrorKind> behind(Throwable failure) {
    return cause(failure).map(SqlErrorKind::of);
  }

  /**
   * The database error in a chain of causes. When a commit fails, the transaction manager adds the
   * error as a suppressed exception.
   */
  static Optional<SQLException> cause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        Optional<SQLException> found = cause(suppressed);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether no statement can succeed now. */
  boolean isUnavailable() {
    return switch (this) {
      case UNAVAILABLE, READ_ONLY, LOGIN_REFUSED -> true;
      case CONFLICT, STATEMENT -> false;
    };
  }

  /** Whether a retry may succeed. */
  boolean isTransient() {
    return this != STATEMENT;
  }
}
