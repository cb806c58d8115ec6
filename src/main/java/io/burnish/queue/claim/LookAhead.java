package io.burnish.queue.claim;

import io.burnish.database.Columns;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Items that could be claimed, some of each of up to 50 jobs, as many jobs of each owner. Each
 * look-ahead continues where the one before ended, and starts over after a job's last item.
 *
 * @param items as they would be if they were claimed now; no worker holds them yet
 * @param next where the next look-ahead continues: the first seq, by job; other jobs start over
 */
public record LookAhead(List<ClaimedItem> items, Map<UUID, Integer> next) {

  /** Most jobs in {@link #next}; beyond, all jobs start over. */
  private static final int MOST_JOBS = 1_000;

  private static final String READ =
      """
      WITH j AS MATERIALIZED (
        SELECT j.id, GREATEST(f.seq, w.seq, 0) AS first
        FROM job j LEFT JOIN low_water_mark f ON f.job_id = j.id
          LEFT JOIN unnest(?::uuid[], ?::int[]) AS w(id, seq) ON w.id = j.id
          CROSS JOIN LATERAL (
            SELECT FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0)
            ORDER BY i.job_id, i.seq LIMIT 1) one
        WHERE j.state IN ('queued', 'running') AND j.end_requested IS NULL AND NOT j.held AND j.provider = ? AND j.id <> ALL (?)
        ORDER BY row_number() OVER (PARTITION BY j.owner ORDER BY random()), random() LIMIT 50),
      ahead AS MATERIALIZED (
        SELECT x.*, row_number() OVER (PARTITION BY x.job_id ORDER BY x.seq) AS nth FROM j CROSS JOIN LATERAL (
          SELECT i.id, i.job_id, i.seq, i.fence + 1 AS fence, i.attempt, i.fingerprint, i.record_key, i.max_pack,
                 i.internal_errors, i.retry, i.retry_fence,
      """
          + ClaimedRows.BYTES
          + """
                 AS bytes
          FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= j.first
          ORDER BY i.job_id, i.seq LIMIT (SELECT 1 + ? / count(*) FROM j)) x),
      u AS MATERIALIZED (
        SELECT * FROM (
          SELECT *, sum(bytes) OVER (ORDER BY nth, id ROWS UNBOUNDED PRECEDING) AS so_far FROM ahead) summed
        WHERE so_far <= ? OR so_far = bytes)
      SELECT j.id AS of_job, EXISTS (SELECT FROM ahead WHERE ahead.job_id = j.id) AS has_more, seen.*
      FROM j LEFT JOIN (
        SELECT
      """
          + ClaimedRows.COLUMNS
          + "FROM "
          + ClaimedRows.SOURCE
          + ") seen ON seen.job_id = j.id ORDER BY j.id, seen.seq";

  private static final String CLAIM =
      """
      WITH c AS MATERIALIZED (
        SELECT i.id FROM unnest(?::bigint[], ?::int[]) AS d(id, fence)
        JOIN item i ON i.id = d.id AND i.fence = d.fence - 1 AND i.state = 'ready'
        JOIN job j ON j.id = i.job_id AND j.state IN ('queued', 'running') AND j.end_requested IS NULL AND NOT j.held
        ORDER BY i.job_id, i.seq FOR UPDATE OF i SKIP LOCKED)
      UPDATE item i SET state = 'running', worker_id = ?, fence = i.fence + 1
      FROM c WHERE i.id = c.id RETURNING i.id
      """;

  /** Reads what could be claimed; see {@link io.burnish.queue.ItemQueue#lookAhead}. */
  public static LookAhead read(
      Connection connection, Claimant claimant, Map<UUID, Integer> from, Claim.Bounds bounds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      var columns = new Columns<>(connection, List.copyOf(from.entrySet()));
      statement.setArray(1, columns.of("uuid", Map.Entry::getKey));
      statement.setArray(2, columns.of("int4", Map.Entry::getValue));
      statement.setString(3, claimant.provider());
      statement.setArray(4, connection.createArrayOf("uuid", claimant.excludedJobs().toArray()));
      statement.setInt(5, bounds.items());
      statement.setLong(6, bounds.bytes());
      List<ClaimedItem> items = new ArrayList<>();
      Map<UUID, Integer> next = from.size() < MOST_JOBS ? new HashMap<>(from) : new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getObject("id") == null) {
            if (!rows.getBoolean("has_more")) {
              next.remove(rows.getObject("of_job", UUID.class));
            }
          } else {
            ClaimedItem item = ClaimedRows.read(rows);
            items.add(item);
            next.put(item.jobId(), item.seq() + 1);
          }
        }
      }
      return new LookAhead(items, next);
    }
  }

  /** Claims those items that are unchanged. */
  public static List<ClaimedItem> claim(
      Connection connection, Claimant claimant, List<ClaimedItem> items) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      var columns = new Columns<>(connection, items);
      statement.setArray(1, columns.of("int8", ClaimedItem::id));
      statement.setArray(2, columns.of("int4", ClaimedItem::fence));
      statement.setObject(3, claimant.worker());
      Set<Long> claimed = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claimed.add(rows.getLong(1));
        }
      }
      return items.stream().filter(item -> claimed.contains(item.id())).toList();
    }
  }
}
