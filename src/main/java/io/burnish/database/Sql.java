package io.burnish.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements: each piece of work in one short transaction, or within the one already open. */
@Singleton
public class Sql {

  private final AgroalDataSource dataSource;

  Sql(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
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
                throw new DatabaseException(e);
              }
            });
  }
}
