package io.burnish.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a batch of rows into arrays for {@code unnest}, one per column, so that one statement
 * writes the whole batch.
 *
 * @param connection that creates the arrays
 * @param rows the batch
 */
public record Columns<R>(Connection connection, List<R> rows) {

  /**
   * One value of each row, as an array of a PostgreSQL type such as {@code int8} or {@code text}.
   */
  public Array of(String type, Function<R, ? extends @Nullable Object> column) throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }

  /** One text of each row; U+FFFD replaces characters that PostgreSQL can't store. */
  public Array texts(Function<R, @Nullable String> column) throws SQLException {
    return of("text", row -> TextArray.storable(column.apply(row)));
  }

  /**
   * One list of texts of each row, as array literals to be cast to {@code text[]}; null for an
   * empty list.
   */
  public Array lists(Function<R, @Nullable List<String>> column) throws SQLException {
    return of("text", row -> TextArray.of(column.apply(row)));
  }

  /** One byte string of each row; null where it has none. */
  public Array bytes(Function<R, byte @Nullable []> column) throws SQLException {
    return connection.createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new));
  }
}
