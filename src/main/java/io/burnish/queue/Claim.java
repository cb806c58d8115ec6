package io.burnish.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims ready items in one statement: a share of each job that has some, by its weight, and what
 * is left over to whoever has more. {@code MATERIALIZED} keeps the planner from running the
 * limited, locking subquery more than once; the limit is a subquery so that a plan for every limit
 * looks no dearer than one for this limit, and the statement is not planned anew each time (0.4 ms
 * of 1.1).
 *
 * <p><b>Weight.</b> A job of low priority weighs 1, of normal 3, of high 9. For each time of aging
 * that has passed since it was posted, by the database's clock, it weighs three times as much, up
 * to the weight of the highest priority that any job with something ready was posted with: whatever
 * waited for two of them is the equal of the highest. Among jobs of one priority age counts for
 * nothing, lest a small job waits for the large one that was there before it.
 *
 * <p><b>Share.</b> One item of each job, and the rest of the limit by weight; the shares add up to
 * the limit. Jobs come in a random order, in which one that weighs three times as much is three
 * times as likely to come next (Source: Efraimidis and Spirakis, "Weighted random sampling with a
 * reservoir", 2006). It decides who gets the odd item, who is served when there are more jobs than
 * the limit has items, and which 50 jobs a claim looks at: every job may be among them each time,
 * so none is starved, however many others come.
 */
final class Claim {

  private static final String SQL =
      """
      WITH having_ready AS (
        SELECT j.id, COALESCE(f.seq, 0) AS floor,
          CASE j.priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END AS step,
          floor(GREATEST(0, extract(epoch FROM statement_timestamp() - j.created_at)::float8) / ?) AS risen
        FROM job j LEFT JOIN claim_floor f ON f.job_id = j.id CROSS JOIN LATERAL (
          SELECT FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0)
          ORDER BY i.job_id, i.seq LIMIT 1) one
        WHERE j.state IN ('queued', 'running') AND j.provider = ? AND j.id <> ALL (?)),
      weighed AS (
        SELECT id, floor, power(3, LEAST(max(step) OVER (), step + risen))::int AS weight FROM having_ready),
      in_turn AS (
        SELECT id, floor, weight, -ln(1 - random()) / weight AS turn FROM weighed ORDER BY turn LIMIT 50),
      divided AS (
        SELECT id, floor, turn, weight, sum(weight) OVER (ORDER BY turn, id) AS so_far, sum(weight) OVER () AS all_weights,
               GREATEST(0, ? - count(*) OVER ()) AS rest
        FROM in_turn),
      j AS MATERIALIZED (
        SELECT id, floor,
               GREATEST(?, 1 + so_far * rest / all_weights - (so_far - weight) * rest / all_weights) AS share
        FROM divided ORDER BY turn, id),
      c AS MATERIALIZED (
        SELECT x.id FROM j CROSS JOIN LATERAL (
          SELECT i.id FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= j.floor
          ORDER BY i.job_id, i.seq LIMIT j.share FOR UPDATE SKIP LOCKED) x
        LIMIT (SELECT ?::int)),
      u AS (
        UPDATE item i SET state = 'running', worker_id = ?, fence = i.fence + 1
        FROM c WHERE i.id = c.id
        RETURNING i.id, i.job_id, i.seq, i.fence, i.attempt, i.fingerprint, i.record_key, i.max_pack,
                  i.internal_errors)
      SELECT (SELECT max(share) FROM j) AS share,
      """
          + ClaimedRows.COLUMNS
          + "FROM "
          + ClaimedRows.SOURCE
          + "ORDER BY u.job_id, u.seq";

  private Claim() {}

  static List<ClaimedItem> claim(
      Connection connection, Claimant claimant, Duration aging, int limit) throws SQLException {
    List<ClaimedItem> claims = new ArrayList<>(limit);
    int share = claim(connection, claimant, new Wish(1, limit, aging), claims);
    if (!claims.isEmpty() && claims.size() < limit && share < limit) {
      int rest = limit - claims.size();
      claim(connection, claimant, new Wish(rest, rest, aging), claims);
    }
    return claims;
  }

  /**
   * What is wished: of each job at least so many, if it has them, and so many in all; weighed by
   * this aging.
   */
  private record Wish(int leastShare, int limit, Duration aging) {}

  /** Adds claims; returns how many the largest share was. */
  private static int claim(
      Connection connection, Claimant claimant, Wish wish, List<ClaimedItem> claims)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setLong(1, wish.aging().toSeconds());
      statement.setString(2, claimant.provider());
      statement.setArray(3, connection.createArrayOf("uuid", claimant.passingOver().toArray()));
      statement.setInt(4, wish.limit());
      statement.setInt(5, wish.leastShare());
      statement.setInt(6, wish.limit());
      statement.setObject(7, claimant.worker());
      int share = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claims.add(ClaimedRows.read(rows));
          share = rows.getInt("share");
        }
      }
      return share;
    }
  }
}
