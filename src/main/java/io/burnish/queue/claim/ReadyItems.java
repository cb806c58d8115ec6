package io.burnish.queue.claim;

import io.burnish.database.Columns;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Counts ready items, and makes claimed items ready again. */
public final class ReadyItems {

  private static final String COUNT =
      """
      SELECT count(*) FROM (
        SELECT FROM job j LEFT JOIN low_water_mark f ON f.job_id = j.id CROSS JOIN LATERAL (
          SELECT FROM item i
          WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0) LIMIT ?) x
        WHERE j.state IN ('queued', 'running') AND j.end_requested IS NULL AND NOT j.held AND j.provider = ?
          AND j.id <> ALL (?) LIMIT ?) y
      """;

  private static final String RELEASE =
      """
      WITH made_ready AS (
        UPDATE item i SET state = 'ready', worker_id = NULL
        FROM unnest(?::bigint[], ?::int[]) AS d(id, fence)
        WHERE i.id = d.id AND i.fence = d.fence AND i.worker_id IS NOT NULL
        RETURNING i.job_id, i.seq)
      """
          + LowWaterMark.LOWER;

  private ReadyItems() {}

  /** Counts what the claimant could claim, up to a limit. */
  public static int count(Connection connection, Claimant claimant, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setInt(1, limit);
      statement.setString(2, claimant.provider());
      statement.setArray(3, connection.createArrayOf("uuid", claimant.excludedJobs().toArray()));
      statement.setInt(4, limit);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Makes claimed items ready again, under their fences; how many. */
  public static int release(Connection connection, List<ClaimedItem> items) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      Columns<ClaimedItem> columns = new Columns<>(connection, items);
      statement.setArray(1, columns.of("int8", ClaimedItem::id));
      statement.setArray(2, columns.of("int4", ClaimedItem::fence));
      return LowWaterMark.madeReady(statement);
    }
  }
}
