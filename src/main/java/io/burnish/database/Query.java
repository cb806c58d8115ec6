package io.burnish.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A query that is run alone, or with others in one round trip.
 *
 * @param text one SELECT, without a semicolon
 * @param parameters in order; values that the driver knows the type of
 * @param reader reads the rows
 */
public record Query<T>(String text, List<?> parameters, Reader<T> reader) {

  /** Reads rows. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads all rows that matter; does not close them. */
    T read(ResultSet rows) throws SQLException;
  }

  /** Runs the query alone. */
  public T on(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      bind(statement, 1);
      try (ResultSet rows = statement.executeQuery()) {
        return reader.read(rows);
      }
    }
  }

  /** Sets the parameters from an index on; the index after them. */
  int bind(PreparedStatement statement, int from) throws SQLException {
    int at = from;
    for (Object parameter : parameters) {
      statement.setObject(at++, parameter);
    }
    return at;
  }

  /** Reads the next result of a statement that runs several queries. */
  T next(PreparedStatement statement) throws SQLException {
    statement.getMoreResults();
    try (ResultSet rows = statement.getResultSet()) {
      return reader.read(rows);
    }
  }
}
