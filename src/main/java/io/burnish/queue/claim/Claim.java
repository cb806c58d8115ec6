package io.burnish.queue.claim;

import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims ready items in one statement: an equal share for each owner, of it a share for each job by
 * its weight, and the rest of the limit from jobs that have more. {@code MATERIALIZED} keeps the
 * planner from running the limited, locking subquery more than once. The limit is a subquery so
 * that a generic plan costs no more than a plan for this limit; otherwise the statement is planned
 * again each time (0.4 ms of 1.1).
 *
 * <p><b>Weight.</b> A job of low priority weighs 1, of normal 3, of high 9. Each period of {@code
 * burnish.queue.aging} since it was posted, by the database's clock, multiplies the weight by 3, up
 * to the weight of the highest priority among jobs with ready items. So a low job weighs as much as
 * a high one after two periods. Age does not change the order within a priority, so that small jobs
 * are not blocked by older large ones.
 *
 * <p><b>Share.</b> Owners share the limit equally. Of an owner's part: one item of each of its
 * jobs, and the rest by weight; the shares add up to the limit. An owner's jobs come in a random
 * order, in which a job that weighs three times as much is three times as likely to come next
 * (Source: Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006). Owners take
 * turns, in a random order: the first job of each comes before the second of any. The order decides
 * which job gets a remaining item, which are served when there are more of them than items, and
 * which 50 jobs a claim looks at. Each job may be among them each time, so that none starves,
 * however many jobs and owners there are.
 *
 * <p><b>Bytes.</b> Items are taken in rounds until the bytes are used up: one item of each owner,
 * then the next of each. Of an owner, the first item of each job comes before the second of any,
 * and the others in proportion to their job's share. The first item is taken whatever its size, so
 * that it can't block the queue; or, for small claims, an item that is too large by itself is
 * skipped. Items that are not taken are unlocked at the end of the transaction.
 */
public final class Claim {

  private static final String TAKE =
      """
      WITH having_ready AS (
        SELECT j.id, j.owner, COALESCE(f.seq, 0) AS lowest,
          CASE j.priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END AS step,
          floor(GREATEST(0, extract(epoch FROM statement_timestamp() - j.created_at)::float8) / ?) AS aged
        FROM job j LEFT JOIN low_water_mark f ON f.job_id = j.id CROSS JOIN LATERAL (
          SELECT FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0)
          ORDER BY i.job_id, i.seq LIMIT 1) one
        WHERE j.state IN ('queued', 'running') AND j.end_requested IS NULL AND NOT j.held AND j.provider = ? AND j.id <> ALL (?)),
      weighed AS (
        SELECT id, owner, lowest, power(3, LEAST(max(step) OVER (), step + aged))::int AS weight FROM having_ready),
      ranked AS (
        SELECT *, row_number() OVER (PARTITION BY owner ORDER BY -ln(1 - random()) / weight) AS place FROM weighed),
      in_turn AS (
        SELECT id, owner, lowest, weight, row_number() OVER (ORDER BY place, of_owner, id) AS turn
        FROM (SELECT *, first_value(draw) OVER (PARTITION BY owner ORDER BY place) AS of_owner
              FROM (SELECT *, random() AS draw FROM ranked) drawn) x
        ORDER BY turn LIMIT 50),
      owners AS (
        SELECT owner, row_number() OVER (ORDER BY min(turn), owner) AS place, count(*) OVER () AS owners, sum(weight) AS weights,
               count(*) AS jobs
        FROM in_turn GROUP BY owner),
      parts AS (
        SELECT owner, weights, jobs, GREATEST(1, place * (SELECT ?::int) / owners - (place - 1) * (SELECT ?::int) / owners) AS part
        FROM owners),
      divided AS (
        SELECT id, owner, lowest, turn, weight, weights, part, GREATEST(0, part - jobs) AS rest,
               sum(weight) OVER of_owner AS so_far, row_number() OVER of_owner AS place
        FROM in_turn JOIN parts USING (owner) WINDOW of_owner AS (PARTITION BY owner ORDER BY turn, id)),
      j AS MATERIALIZED (
        SELECT id, owner, lowest, turn,
               GREATEST(?, 1 + so_far * rest / weights - (so_far - weight) * rest / weights) AS share
        FROM divided WHERE place <= part ORDER BY turn, id),
      c AS MATERIALIZED (
        SELECT x.id, x.seq, x.bytes, j.id AS job_id, j.owner, j.share, j.turn FROM j CROSS JOIN LATERAL (
          SELECT i.id, i.seq,
      """
          + ClaimedRows.BYTES
          + """
                 AS bytes
          FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= j.lowest
          ORDER BY i.job_id, i.seq LIMIT j.share FOR UPDATE SKIP LOCKED) x
        LIMIT (SELECT ?::int)),
      counted AS (
        SELECT c.*, row_number() OVER (PARTITION BY job_id ORDER BY seq) AS nth FROM c WHERE bytes <= ? OR ?),
      rounds AS (
        SELECT id, bytes, turn, row_number() OVER (PARTITION BY owner ORDER BY nth > 1, nth::float8 / share, turn, id) AS round
        FROM counted),
      summed AS (
        SELECT id, bytes, sum(bytes) OVER (ORDER BY round, turn, id ROWS UNBOUNDED PRECEDING) AS so_far FROM rounds),
      taken AS (
        SELECT id, bytes FROM summed WHERE so_far <= ? OR ? AND so_far = bytes),
      u AS (
        UPDATE item i SET state = 'running', worker_id = ?, fence = i.fence + 1
        FROM taken WHERE i.id = taken.id
        RETURNING i.id, i.job_id, i.seq, i.fence, i.attempt, i.fingerprint, i.record_key, i.max_pack,
                  i.internal_errors, i.retry, i.retry_fence, taken.bytes)
      SELECT (SELECT max(share) FROM j) AS share, (SELECT count(*) FROM c) AS seen,
      """;

  /** The statement of a claim, with texts. */
  public static final String SQL =
      TAKE + ClaimedRows.COLUMNS + "FROM " + ClaimedRows.SOURCE + "ORDER BY u.job_id, u.seq";

  private static final String SQL_WITHOUT_TEXTS =
      TAKE + ClaimedRows.COLUMNS_WITHOUT_TEXTS + "FROM u ORDER BY u.job_id, u.seq";

  private Claim() {}

  /**
   * The limits of a claim.
   *
   * @param items at most; over 0
   * @param bytes at most
   * @param anySize whether the first item is claimed whatever its size
   */
  public record Bounds(int items, long bytes, boolean anySize) {

    /** At least one item, whatever its size. */
    public Bounds(int items, long bytes) {
      this(items, bytes, true);
    }
  }

  /** Claims ready items within bounds; see {@link io.burnish.queue.ItemQueue#claim}. */
  public static List<ClaimedItem> claim(
      Connection connection, Claimant claimant, Duration aging, Bounds bounds) throws SQLException {
    return claim(connection, claimant, aging, bounds, SQL);
  }

  /** Claims without the items' texts, which {@link ClaimedRows#readTexts} reads. */
  public static List<ClaimedItem> claimWithoutTexts(
      Connection connection, Claimant claimant, Duration aging, Bounds bounds) throws SQLException {
    return claim(connection, claimant, aging, bounds, SQL_WITHOUT_TEXTS);
  }

  private static List<ClaimedItem> claim(
      Connection connection, Claimant claimant, Duration aging, Bounds bounds, String statementText)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(statementText)) {
      statement.setLong(1, aging.toSeconds());
      statement.setString(2, claimant.provider());
      statement.setArray(3, connection.createArrayOf("uuid", claimant.excludedJobs().toArray()));
      statement.setObject(12, claimant.worker());
      Claimed first = run(statement, 1, bounds);
      List<ClaimedItem> claims = new ArrayList<>(first.items());
      int items = bounds.items() - claims.size();
      long bytes = bounds.bytes() - claims.stream().mapToLong(ClaimedItem::bytes).sum();
      if (!claims.isEmpty()
          && items > 0
          && bytes > 0
          && first.seen() == claims.size()
          && first.share() < bounds.items()) {
        claims.addAll(run(statement, items, new Bounds(items, bytes, false)).items());
      }
      return claims;
    }
  }

  /**
   * The result of one statement.
   *
   * @param share the largest share of a job, in items
   * @param seen items that were found, whatever their bytes
   */
  private record Claimed(List<ClaimedItem> items, int share, int seen) {}

  /**
   * Runs the statement once.
   *
   * @param leastShare items of each job at least, as far as it has them
   */
  private static Claimed run(PreparedStatement statement, int leastShare, Bounds bounds)
      throws SQLException {
    statement.setInt(4, bounds.items());
    statement.setInt(5, bounds.items());
    statement.setInt(6, leastShare);
    statement.setInt(7, bounds.items());
    statement.setLong(8, bounds.bytes());
    statement.setBoolean(9, bounds.anySize());
    statement.setLong(10, bounds.bytes());
    statement.setBoolean(11, bounds.anySize());
    List<ClaimedItem> claims = new ArrayList<>();
    int share = 0;
    int seen = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        claims.add(ClaimedRows.read(rows));
        share = rows.getInt("share");
        seen = rows.getInt("seen");
      }
    }
    return new Claimed(claims, share, seen);
  }
}
