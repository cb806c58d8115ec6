package io.burnish.queue;

import io.burnish.database.Columns;
import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * What running items may still cost. A reservation holds while the item is running under the fence
 * that reserved: an outcome or a rescue of the item frees it. Thread-safe.
 */
@Singleton
public class ItemReservations {

  private static final String RESERVE =
      """
      UPDATE item i SET reserved_fence = i.fence, reserved_tokens = d.tokens, reserved_cost = d.cost
      FROM unnest(?::bigint[], ?::int[], ?::bigint[], ?::numeric[]) AS d(id, fence, tokens, cost)
      WHERE i.id = d.id AND i.fence = d.fence AND i.state = 'running'
      """;

  private final Sql sql;

  ItemReservations(Sql sql) {
    this.sql = sql;
  }

  /**
   * A reservation.
   *
   * @param item id of the item
   * @param fence of its claim
   * @param tokens at most
   * @param cost at most, in US$
   */
  public record Reservation(long item, int fence, long tokens, BigDecimal cost) {}

  /**
   * Reserves in place of what the items had reserved before.
   *
   * @return how many items are still running under their fence; the others are not changed
   */
  public int reserve(List<Reservation> reservations) {
    return sql.run(connection -> reserve(connection, reservations));
  }

  private static int reserve(Connection connection, List<Reservation> reservations)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
      var columns = new Columns<>(connection, reservations);
      statement.setArray(1, columns.of("int8", Reservation::item));
      statement.setArray(2, columns.of("int4", Reservation::fence));
      statement.setArray(3, columns.of("int8", Reservation::tokens));
      statement.setArray(4, columns.of("numeric", Reservation::cost));
      return statement.executeUpdate();
    }
  }
}
