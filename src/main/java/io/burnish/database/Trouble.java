package io.burnish.database;

import java.sql.SQLException;
import java.util.Optional;

/**
 * What an SQLSTATE says about trying again. Whole classes are named, not single codes. Source:
 * PostgreSQL manual, appendix "PostgreSQL Error Codes", read 2026-11.
 */
enum Trouble {

  /**
   * The server, the way to it, or this session can't be used now: no SQLSTATE (no connection to be
   * had), 08 connection, 53 resources, 57P shutdown and start, 58 system, 25P03 and 25P04 session
   * ended by a timeout.
   */
  AWAY,

  /** 25006: the server takes no writes, as a standby does after a failover. */
  READ_ONLY,

  /** The server takes no connection with this name, password or database: 28, 3D, 08004. */
  DENIED,

  /**
   * The transaction gave way to another or was cancelled, and may succeed when repeated: 40, 55P03
   * and 55006 locks, 57014 cancelled.
   */
  CONFLICT,

  /**
   * The statement itself is refused. XX (internal error) is here too: PostgreSQL reports values it
   * can't allocate under it, and such a statement fails each time. So is an answer that this
   * process has no memory for: the driver reports it under 53200, as if it were the server's.
   */
  STATEMENT;

  static Trouble of(SQLException failure) {
    if (failure.getCause() instanceof OutOfMemoryError) {
      return STATEMENT;
    }
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "" -> AWAY;
      case "25006" -> READ_ONLY;
      case "08004" -> DENIED;
      case "25P03", "25P04" -> AWAY;
      case "55P03", "55006", "57014" -> CONFLICT;
      default -> ofClass(state);
    };
  }

  private static Trouble ofClass(String state) {
    if (state.startsWith("57P")) {
      return AWAY;
    }
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "08", "53", "58" -> AWAY;
      case "28", "3D" -> DENIED;
      case "40" -> CONFLICT;
      default -> STATEMENT;
    };
  }

  /** The trouble behind a failure; empty when the database has no part in it. */
  static Optional<Trouble> behind(Throwable failure) {
    return cause(failure).map(Trouble::of);
  }

  /**
   * What the database said, wherever it is in a chain of causes. When a commit fails, the
   * transaction manager passes the reason on as a suppressed exception.
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

  /** Whether the database as a whole can't be used now, whatever the statement. */
  boolean isUnavailable() {
    return switch (this) {
      case AWAY, READ_ONLY, DENIED -> true;
      case CONFLICT, STATEMENT -> false;
    };
  }

  /** Whether trying the same again may help. */
  boolean isTransient() {
    return this != STATEMENT;
  }
}
