package io.burnish.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;

/** Runs statements: each piece of work in one short transaction, or within the one already open. */
@Singleton
public class Sql {

  private final AgroalDataSource dataSource;
  private final PoolRenewal renewal;

  Sql(AgroalDataSource dataSource, PoolRenewal renewal) {
    this.dataSource = dataSource;
    this.renewal = renewal;
  }

  /** Work on a connection, which it must not close. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs the work in the open transaction, or in one of its own.
   *
   * @throws DatabaseException when the database refuses or is away; nothing of the work is kept
   */
  public <T> T run(Work<T> work) {
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              try (Connection connection = dataSource.getConnection()) {
                return work.on(connection);
              } catch (SQLException e) {
                renewal.after(e);
                throw new DatabaseException(e);
              }
            });
  }

  /**
   * Runs work that may take longer than others may, in a transaction of its own.
   *
   * @param limit for the whole transaction, and for each answer of the server; whole seconds
   * @throws DatabaseException as {@link #run}
   */
  public <T> T runLong(Duration limit, Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .timeout((int) limit.toSeconds())
        .call(
            () ->
                run(
                    connection -> {
                      int usual = connection.getNetworkTimeout();
                      connection.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
                      try {
                        return work.on(connection);
                      } finally {
                        connection.setNetworkTimeout(Runnable::run, usual);
                      }
                    }));
  }

  /**
   * Reads, all as of one moment: what the work reads through this class, or through the entity
   * manager, is of one snapshot.
   *
   * @throws DatabaseException as {@link #run}
   */
  public <T> T snapshot(Supplier<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              run(
                  connection -> {
                    try (Statement statement = connection.createStatement()) {
                      return statement.execute(
                          "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                    }
                  });
              return work.get();
            });
  }
}
