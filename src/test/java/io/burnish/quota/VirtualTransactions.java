package io.burnish.quota;

import io.burnish.database.Sql;
import io.burnish.quota.fixed.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/**
 * Transactions on one connection whose time a test sets, and a clock that shows the same time. They
 * can be made to fail, before the work or after the commit.
 */
public final class VirtualTransactions implements Transactions, LongSupplier {

  private static final double NANOS = 1e9;

  private final Connection connection;
  private double now;
  private boolean away;
  private boolean cutAfterCommit;

  public VirtualTransactions(Connection connection) {
    this.connection = connection;
  }

  /** Sets the time, in seconds. */
  public VirtualTransactions at(double seconds) throws SQLException {
    now = seconds;
    VirtualDatabase.at(connection, seconds);
    return this;
  }

  double now() {
    return now;
  }

  /** Whether the database does not answer from now on. */
  public void away(boolean isAway) {
    away = isAway;
  }

  /** The next transaction is committed, and nobody hears of it. */
  public void cutAfterCommit() {
    cutAfterCommit = true;
  }

  @Override
  public long getAsLong() {
    return (long) (now * NANOS);
  }

  @Override
  public <T> T run(Sql.Work<T> work) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    try {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        if (cutAfterCommit) {
          cutAfterCommit = false;
          throw new IllegalStateException("the connection was cut");
        }
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
