package io.burnish.queue.control;

import io.burnish.queue.completion.JobLocks;
import io.burnish.queue.control.ItemControl.Cancelled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Cancels the open items of a job whose end was requested. Under the lock on the job's row, as
 * completions are, so that exactly one of both ends the job.
 *
 * <p>Followers of a cancelled leader are woken in a transaction of their own: two jobs that follow
 * each other and are cancelled at the same time would deadlock otherwise.
 */
public final class Cancellation {

  private static final String CANCEL =
      """
      WITH open AS MATERIALIZED (
        SELECT id FROM (
          SELECT id FROM item WHERE job_id = ? AND state = 'ready' ORDER BY job_id, seq LIMIT ? FOR UPDATE SKIP LOCKED) ready
        UNION ALL
        SELECT id FROM (
          SELECT id FROM item WHERE job_id = ? AND state = 'waiting' ORDER BY job_id, due_at LIMIT ? FOR UPDATE SKIP LOCKED) waiting),
      cancelled AS (
        UPDATE item i SET state = 'cancelled', due_at = NULL, wait_reason = NULL
        FROM open WHERE i.id = open.id
        RETURNING i.id, i.file_ordinal),
      flights AS (
        DELETE FROM in_flight f USING cancelled c WHERE f.item_id = c.id RETURNING f.fingerprint),
      files AS (
        UPDATE job_file f SET cancelled = f.cancelled + s.items
        FROM (SELECT file_ordinal, count(*) AS items FROM cancelled WHERE file_ordinal IS NOT NULL GROUP BY file_ordinal) s
        WHERE f.job_id = ? AND f.ordinal = s.file_ordinal),
      counted AS (
        UPDATE job SET cancelled = cancelled + s.items, version = version + 1
        FROM (SELECT count(*)::int AS items FROM cancelled) s WHERE id = ? AND s.items > 0)
      SELECT (SELECT count(*) FROM cancelled) AS items, f.fingerprint
      FROM (SELECT) one LEFT JOIN flights f ON true
      """;

  private static final String END =
      """
      UPDATE job j SET state = end_requested, finished_at = clock_timestamp(), version = j.version + 1
      FROM job_counts c
      WHERE j.id = ? AND c.job_id = j.id AND end_requested IS NOT NULL AND finished_at IS NULL
        AND c.succeeded + c.failed + cancelled = total
      """;

  private Cancellation() {}

  /** Cancels ready and waiting items, up to a limit. */
  public static Cancelled cancelOpen(Connection connection, UUID job, int limit)
      throws SQLException {
    JobLocks.take(connection, Stream.of(job));
    int items = 0;
    List<byte[]> fingerprints = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CANCEL)) {
      statement.setObject(1, job);
      statement.setInt(2, limit);
      statement.setObject(3, job);
      statement.setInt(4, limit);
      statement.setObject(5, job);
      statement.setObject(6, job);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          items = rows.getInt("items");
          byte[] fingerprint = rows.getBytes("fingerprint");
          if (fingerprint != null) {
            fingerprints.add(fingerprint);
          }
        }
      }
    }
    return new Cancelled(items, fingerprints, end(connection, job));
  }

  private static boolean end(Connection connection, UUID job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setObject(1, job);
      return statement.executeUpdate() > 0;
    }
  }
}
