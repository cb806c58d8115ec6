package io.burnish.queue;

import io.burnish.database.TextArray;
import io.burnish.queue.ClaimedItem.StoredAnswer;
import io.burnish.record.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims ready items in one statement: an equal share of each job that has some, and what is left
 * over to whoever has more. {@code MATERIALIZED} keeps the planner from running the limited,
 * locking subquery more than once.
 */
final class Claim {

  private static final String SQL =
      """
      WITH having_ready AS (
        SELECT j.id, COALESCE(f.seq, 0) AS floor FROM job j LEFT JOIN claim_floor f ON f.job_id = j.id
        WHERE j.state IN ('queued', 'running') AND j.provider = ? AND EXISTS (
          SELECT FROM item i
          WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= COALESCE(f.seq, 0))
        ORDER BY random() LIMIT 50),
      j AS MATERIALIZED (
        SELECT id, floor, GREATEST(?, (? + count(*) OVER () - 1) / count(*) OVER ()) AS share FROM having_ready),
      c AS MATERIALIZED (
        SELECT x.id FROM j CROSS JOIN LATERAL (
          SELECT i.id FROM item i WHERE i.job_id = j.id AND i.state = 'ready' AND i.seq >= j.floor
          ORDER BY i.job_id, i.seq LIMIT j.share FOR UPDATE SKIP LOCKED) x
        LIMIT ?),
      u AS (
        UPDATE item i SET state = 'running', worker_id = ?, fence = i.fence + 1
        FROM c WHERE i.id = c.id AND i.state = 'ready'
        RETURNING i.id, i.job_id, i.seq, i.fence, i.attempt, i.fingerprint, i.record_key, i.alone)
      SELECT u.*, p.record, (SELECT max(share) FROM j) AS share,
             CASE WHEN u.attempt > 0 THEN (
               SELECT a.errors FROM attempt a
               WHERE a.item_id = u.id AND a.outcome = 'refused' ORDER BY a.id DESC LIMIT 1) END AS problems,
             stored.call_id, stored.model, stored.ref, stored.raw_answer
      FROM u JOIN item_payload p ON p.item_id = u.id
      LEFT JOIN LATERAL (
        SELECT a.call_id, a.ref, c.model, c.raw_answer
        FROM attempt a JOIN provider_call c ON c.id = a.call_id
        WHERE a.item_id = u.id AND a.outcome = 'answered' AND c.raw_answer IS NOT NULL
        ORDER BY a.id DESC LIMIT 1) stored ON true
      ORDER BY u.job_id, u.seq
      """;

  private Claim() {}

  static List<ClaimedItem> claim(Connection connection, Claimant claimant, int limit)
      throws SQLException {
    List<ClaimedItem> claims = new ArrayList<>(limit);
    int share = claim(connection, claimant, new Wish(1, limit), claims);
    if (!claims.isEmpty() && claims.size() < limit && share < limit) {
      int rest = limit - claims.size();
      claim(connection, claimant, new Wish(rest, rest), claims);
    }
    return claims;
  }

  /** What is wished: of each job at least so many, if it has them, and so many in all. */
  private record Wish(int leastShare, int limit) {}

  /** Adds claims; returns how many each job's share was. */
  private static int claim(
      Connection connection, Claimant claimant, Wish wish, List<ClaimedItem> claims)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, claimant.provider());
      statement.setInt(2, wish.leastShare());
      statement.setInt(3, wish.limit());
      statement.setInt(4, wish.limit());
      statement.setObject(5, claimant.worker());
      int share = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claims.add(claim(rows));
          share = rows.getInt("share");
        }
      }
      return share;
    }
  }

  private static ClaimedItem claim(ResultSet row) throws SQLException {
    return new ClaimedItem(
        row.getLong("id"),
        row.getObject("job_id", UUID.class),
        row.getInt("seq"),
        row.getInt("fence"),
        row.getInt("attempt"),
        fingerprint(row.getBytes("fingerprint")),
        row.getString("record_key"),
        row.getString("record"),
        TextArray.read(row.getArray("problems")),
        row.getBoolean("alone"),
        stored(row));
  }

  private static @Nullable StoredAnswer stored(ResultSet row) throws SQLException {
    String rawAnswer = row.getString("raw_answer");
    return rawAnswer == null
        ? null
        : new StoredAnswer(
            row.getObject("call_id", UUID.class),
            row.getString("model"),
            row.getInt("ref"),
            rawAnswer);
  }

  static @Nullable Fingerprint fingerprint(byte @Nullable [] bytes) {
    return bytes == null ? null : new Fingerprint(HexFormat.of().formatHex(bytes));
  }
}
