package io.burnish.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Keeps, for each job, the seq below which nothing is ready. Claims begin there.
 *
 * <p>Nothing is ever left below a floor: whoever makes items ready locks the floors of their jobs
 * in the same transaction ({@link #LOWER}, after the items are updated), and raising one locks it
 * first and looks at what is ready afterwards, in a statement of its own, which sees all that was
 * made ready by then. What is made ready later waits for the raised floor, and lowers it.
 */
final class ClaimFloor {

  /**
   * The end of a statement that makes items ready, and hands over their {@code job_id} and {@code
   * seq} in a query named {@code made_ready}. Floors are locked in one order.
   */
  static final String LOWER =
      """
      , lowest AS MATERIALIZED (
        SELECT job_id, min(seq) AS seq FROM made_ready GROUP BY job_id ORDER BY job_id),
      lowered AS (
        INSERT INTO claim_floor AS f (job_id, seq) SELECT job_id, seq FROM lowest
        ON CONFLICT (job_id) DO UPDATE SET seq = LEAST(f.seq, EXCLUDED.seq))
      SELECT count(*) FROM made_ready
      """;

  private static final String ACTIVE =
      "SELECT id FROM job WHERE state IN ('queued', 'running') ORDER BY id LIMIT 1000";

  private static final String LOCK =
      """
      INSERT INTO claim_floor AS f (job_id, seq) SELECT id, 0 FROM job WHERE id = ?
      ON CONFLICT (job_id) DO UPDATE SET seq = f.seq
      """;

  private static final String RAISE =
      """
      UPDATE claim_floor f SET seq = lowest.seq
      FROM claim_floor g CROSS JOIN LATERAL (
        SELECT i.seq FROM item i WHERE i.job_id = g.job_id AND i.state = 'ready' AND i.seq >= g.seq
        ORDER BY i.job_id, i.seq LIMIT 1) lowest
      WHERE g.job_id = ? AND f.job_id = g.job_id AND lowest.seq > f.seq
      """;

  private ClaimFloor() {}

  /** Runs a statement that ends in {@link #LOWER}; how many items it made ready. */
  static int madeReady(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Jobs whose floor may be raised. */
  static List<UUID> jobs(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACTIVE);
        ResultSet rows = statement.executeQuery()) {
      List<UUID> jobs = new ArrayList<>();
      while (rows.next()) {
        jobs.add(rows.getObject(1, UUID.class));
      }
      return jobs;
    }
  }

  /** Raises one job's floor to its first ready item. */
  static int raise(Connection connection, UUID job) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setObject(1, job);
      lock.executeUpdate();
    }
    try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
      raise.setObject(1, job);
      return raise.executeUpdate();
    }
  }
}
