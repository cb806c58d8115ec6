package io.burnish.queue.item;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;

/**
 * Makes claimed items wait after an internal error. This is not an outcome: a stored answer stays
 * with the item, and no attempt is charged.
 */
public final class Postponement {

  private static final String SQL =
      """
      UPDATE item i SET state = 'waiting', wait_reason = 'backoff', worker_id = NULL,
        due_at = clock_timestamp() + ? * interval '1 millisecond',
        internal_errors = i.internal_errors + ?, max_pack = LEAST(i.max_pack, ?::int)
      FROM unnest(?::bigint[], ?::int[]) AS d(id, fence)
      WHERE i.id = d.id AND i.fence = d.fence AND i.worker_id IS NOT NULL
      """;

  private Postponement() {}

  /** Lets items wait, under their fences; how many. */
  public static int apply(
      Connection connection, List<ClaimedItem> items, Duration delay, boolean counted, int maxPack)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setLong(1, delay.toMillis());
      statement.setInt(2, counted ? 1 : 0);
      statement.setObject(3, maxPack == ClaimedItem.UNBOUNDED ? null : maxPack, Types.INTEGER);
      Columns<ClaimedItem> columns = new Columns<>(connection, items);
      statement.setArray(4, columns.of("int8", ClaimedItem::id));
      statement.setArray(5, columns.of("int4", ClaimedItem::fence));
      return statement.executeUpdate();
    }
  }
}
