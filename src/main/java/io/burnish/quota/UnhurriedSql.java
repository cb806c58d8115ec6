package io.burnish.quota;

import io.burnish.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs statements whose commits wait for no disk: levels may lose the last moments in a crash of
 * the database, and nothing else depends on them. Thread-safe.
 */
final class UnhurriedSql {

  private static final String UNHURRIED = "SET LOCAL synchronous_commit = off";

  private final Sql sql;

  UnhurriedSql(Sql sql) {
    this.sql = sql;
  }

  /** Work without a result. */
  @FunctionalInterface
  interface Statements {
    void on(Connection connection) throws SQLException;
  }

  /** Runs the work in a transaction; what it brings. */
  <T> T call(Sql.Work<T> work) {
    return sql.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(UNHURRIED);
          }
          return work.on(connection);
        });
  }

  /** Runs the statements in a transaction. */
  void run(Statements statements) {
    call(
        connection -> {
          statements.on(connection);
          return true;
        });
  }
}
