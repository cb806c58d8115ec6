package io.burnish.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into the arrays that {@code unnest} wants, a column at a time: one statement for a
 * whole batch.
 *
 * @param connection that the arrays are for
 * @param rows the batch
 */
public record Columns<R>(Connection connection, List<R> rows) {

  /**
   * One value of each row, as an array of a PostgreSQL type such as {@code int8} or {@code text}.
   */
  public Array of(String type, Function<R, ? extends @Nullable Object> column) throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }

  /** A text of each row, with a mark in place of what PostgreSQL can't store. */
  public Array texts(Function<R, @Nullable String> column) throws SQLException {
    return of("text", row -> TextArray.storable(column.apply(row)));
  }

  /**
   * A list of texts of each row, as array literals (cast them to {@code text[]}); null for an empty
   * list.
   */
  public Array lists(Function<R, @Nullable List<String>> column) throws SQLException {
    return of("text", row -> TextArray.of(column.apply(row)));
  }

  /** Some bytes of each row; null where it has none. */
  public Array bytes(Function<R, byte @Nullable []> column) throws SQLException {
    return connection.createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new));
  }
}
