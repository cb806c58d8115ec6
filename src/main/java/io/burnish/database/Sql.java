package io.burnish.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Runs statements, in a short transaction of their own or in the one that is open. */
@Singleton
public class Sql {

  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private final AgroalDataSource dataSource;
  private final PoolRenewal renewal;

  Sql(AgroalDataSource dataSource, PoolRenewal renewal) {
    this.dataSource = dataSource;
    this.renewal = renewal;
  }

  /** Statements on a connection, which they must not close. */
  @FunctionalInterface
  public interface Work<T> {
    /** Runs the statements. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs statements in the open transaction, or in one of their own.
   *
   * @throws DatabaseException when the database is unavailable or refuses a statement; the
   *     transaction is rolled back
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
   * Runs statements that may exceed the usual timeouts, in a transaction of their own.
   *
   * @param timeout of the whole transaction, and of each answer of the server; whole seconds
   * @throws DatabaseException as {@link #run}
   */
  public <T> T runLong(Duration timeout, Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .timeout((int) timeout.toSeconds())
        .call(
            () ->
                run(
                    connection -> {
                      int usual = connection.getNetworkTimeout();
                      connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
                      try {
                        return work.on(connection);
                      } finally {
                        connection.setNetworkTimeout(Runnable::run, usual);
                      }
                    }));
  }

  /**
   * Reads in one snapshot as {@link #snapshot(Supplier)}; the begin of the transaction and both
   * queries are one round trip.
   *
   * @param rest reads the rest, with the results of the queries
   * @throws DatabaseException as {@link #run}
   */
  public <A, B, T> T snapshot(Query<A> first, Query<B> second, BiFunction<A, B, T> rest) {
    String text = SNAPSHOT + "; " + first.text() + "; " + second.text();
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Map.Entry<A, B> read =
                  run(
                      connection -> {
                        try (PreparedStatement statement = connection.prepareStatement(text)) {
                          second.bind(statement, first.bind(statement, 1));
                          statement.execute();
                          return Map.entry(first.next(statement), second.next(statement));
                        }
                      });
              return rest.apply(read.getKey(), read.getValue());
            });
  }

  /**
   * Reads in one snapshot: all that the work reads through this class or the entity manager is as
   * of one moment.
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
                      return statement.execute(SNAPSHOT);
                    }
                  });
              return work.get();
            });
  }
}
