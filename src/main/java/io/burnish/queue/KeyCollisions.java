package io.burnish.queue;

import io.burnish.database.Columns;
import io.burnish.queue.item.ClaimedItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Items that were not sent because another record with different content has their key. One row per
 * item, not a counter, because an item that is decided again after a crash must count once.
 */
final class KeyCollisions {

  private static final String RECORD =
      """
      INSERT INTO key_collision (item_id, job_id)
      SELECT i.id, i.job_id FROM unnest(?::bigint[], ?::int[]) AS d(id, fence)
      JOIN item i ON i.id = d.id AND i.fence = d.fence
      ON CONFLICT (item_id) DO NOTHING
      """;

  private KeyCollisions() {}

  static int record(Connection connection, List<ClaimedItem> claims) throws SQLException {
    Columns<ClaimedItem> columns = new Columns<>(connection, claims);
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      statement.setArray(1, columns.of("int8", ClaimedItem::id));
      statement.setArray(2, columns.of("int4", ClaimedItem::fence));
      return statement.executeUpdate();
    }
  }
}
