package io.burnish.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with the values of its parameters. Immutable.
 *
 * @param text SQL with a {@code ?} for each value
 * @param values in the order of their parameters; null sets NULL
 */
public record BoundStatement(String text, List<@Nullable Object> values) {

  /** Keeps a copy of the values. */
  public BoundStatement {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** A statement with its values, in the order of their parameters. */
  public static BoundStatement of(String text, @Nullable Object... values) {
    return new BoundStatement(text, Arrays.asList(values));
  }

  /** The same with more text at its end, and the values of that. */
  public BoundStatement and(String more, @Nullable Object... moreValues) {
    List<@Nullable Object> all = new ArrayList<>(values);
    all.addAll(Arrays.asList(moreValues));
    return new BoundStatement(text + more, all);
  }

  /** The statement with its parameters set; the caller closes it. */
  public PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  /**
   * Runs the statement.
   *
   * @return how many rows it changed
   */
  public int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }
}
