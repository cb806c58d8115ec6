package io.burnish.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
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
   * Types whose arrays the driver sends in binary form if it gets an array of that Java type. In
   * text form each character is escaped and read back: a record of 3 kB costs the client 33 µs
   * instead of 17, the server 87 instead of 66 (measured; source: pgjdbc, {@code ArrayEncoding}).
   */
  private static final Map<String, IntFunction<@Nullable Object[]>> BINARY =
      Map.of("text", String[]::new, "int4", Integer[]::new, "int8", Long[]::new);

  /**
   * One value of each row, as an array of a PostgreSQL type such as {@code int8} or {@code text}.
   *
   * @throws ArrayStoreException when a value of {@code text} is no String, of {@code int4} no
   *     Integer, or of {@code int8} no Long
   */
  public Array of(String type, Function<R, ? extends @Nullable Object> column) throws SQLException {
    @Nullable Object[] values = BINARY.getOrDefault(type, Object[]::new).apply(rows.size());
    return connection.createArrayOf(type, fill(values, column));
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
    return connection.createArrayOf("bytea", fill(new byte[rows.size()][], column));
  }

  private <T extends @Nullable Object> T[] fill(T[] values, Function<R, ? extends T> column) {
    int row = 0;
    for (R value : rows) {
      values[row++] = column.apply(value);
    }
    return values;
  }
}
