package io.burnish.queue.control;

import io.burnish.queue.claim.LowWaterMark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Makes failed items ready again, and takes them out of the counters, in one statement. The lock on
 * the job's row must be held.
 */
final class Reopening {

  private static final String SQL =
      """
      WITH chosen AS MATERIALIZED (
        SELECT id FROM item
        WHERE job_id = ? AND state = 'failed' AND (fence > 0 OR error_code = ANY (?))
          AND (?::text IS NULL OR error_code = ?) AND (?::int IS NULL OR file_ordinal = ?)
        ORDER BY job_id, seq FOR UPDATE),
      made_ready AS (
        UPDATE item i SET state = 'ready', attempt = 0, error_code = NULL, internal_errors = 0, max_pack = NULL,
          reused = false, retry = ?, retry_fence = i.fence
        FROM chosen WHERE i.id = chosen.id
        RETURNING i.id, i.job_id, i.seq, i.file_ordinal),
      failures AS (
        DELETE FROM item_failure f USING made_ready m WHERE f.item_id = m.id),
      collisions AS (
        DELETE FROM key_collision k USING made_ready m WHERE k.item_id = m.id),
      of_files AS MATERIALIZED (
        SELECT s.*, n.place
        FROM (SELECT job_id, file_ordinal AS ordinal, count(*) AS items FROM made_ready
              WHERE file_ordinal IS NOT NULL GROUP BY job_id, file_ordinal) s
        CROSS JOIN LATERAL (
          SELECT p.ctid AS place FROM job_file_progress p WHERE p.job_id = s.job_id AND p.ordinal = s.ordinal
          ORDER BY p.job_id DESC, p.ordinal DESC, p.version DESC LIMIT 1) n),
      files AS (
        UPDATE job_file_progress p SET version = p.version + 1, failed = p.failed - o.items
        FROM of_files o WHERE p.ctid = o.place),
      of_job AS MATERIALIZED (
        SELECT s.*, n.place
        FROM (SELECT job_id, count(*) AS items FROM made_ready GROUP BY job_id) s
        CROSS JOIN LATERAL (
          SELECT p.ctid AS place FROM job_progress p WHERE p.job_id = s.job_id
          ORDER BY p.job_id DESC, p.version DESC LIMIT 1) n),
      counted AS (
        UPDATE job_progress p SET version = p.version + 1, failed = p.failed - o.items
        FROM of_job o WHERE p.ctid = o.place)
      """
          + LowWaterMark.LOWER;

  private Reopening() {}

  static int reopen(Connection connection, FailedItems chosen) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setObject(1, chosen.job());
      statement.setArray(2, connection.createArrayOf("text", chosen.rulesOff().toArray()));
      statement.setString(3, chosen.code());
      statement.setString(4, chosen.code());
      statement.setObject(5, chosen.file(), Types.INTEGER);
      statement.setObject(6, chosen.file(), Types.INTEGER);
      statement.setInt(7, chosen.retry());
      return LowWaterMark.madeReady(statement);
    }
  }
}
