package io.burnish.queue.claim;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The low-water mark of each job: the seq below which no item is ready. Claims start there.
 *
 * <p>No item becomes ready below a mark. A statement that makes items ready also locks and lowers
 * the marks of their jobs ({@link #LOWER}). Raising locks a mark first, and reads the ready items
 * in a later statement, which sees all that was made ready by then. A statement that makes items
 * ready later waits for the raised mark, and lowers it.
 *
 * <p>Raising never waits for a lock: it skips marks that are locked. So it can't be part of a
 * deadlock, and blocks others for one statement at most.
 */
public final class LowWaterMark {

  /**
   * The end of a statement that makes items ready and returns their {@code job_id} and {@code seq}
   * in a query named {@code made_ready}. Marks are locked in one order.
   */
  public static final String LOWER =
      """
      , lowest AS MATERIALIZED (
        SELECT job_id, min(seq) AS seq FROM made_ready GROUP BY job_id ORDER BY job_id),
      lowered AS (
        INSERT INTO low_water_mark AS f (job_id, seq) SELECT job_id, seq FROM lowest
        ON CONFLICT (job_id) DO UPDATE SET seq = LEAST(f.seq, EXCLUDED.seq))
      SELECT count(*) FROM made_ready
      """;

  /** Held until the end of the transaction: only one replica raises marks at a time. */
  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('burnish.low-water-marks', 0))";

  /** Jobs that have no mark yet. In the same order as {@link #LOWER}. */
  private static final String ADD_MISSING =
      """
      INSERT INTO low_water_mark (job_id, seq)
      SELECT j.id, 0 FROM job j
      WHERE j.state IN ('queued', 'running')
        AND NOT EXISTS (SELECT FROM low_water_mark f WHERE f.job_id = j.id)
      ORDER BY j.id
      ON CONFLICT (job_id) DO NOTHING
      """;

  /** The next jobs, and whether their mark can be raised. */
  private static final String NEXT_JOBS =
      """
      SELECT j.id, j.created_at, EXISTS (
        SELECT FROM (
          SELECT i.seq FROM item i WHERE i.job_id = f.job_id AND i.state = 'ready' AND i.seq >= f.seq
          ORDER BY i.job_id, i.seq LIMIT 1) lowest
        WHERE lowest.seq > f.seq) AS rises
      FROM (
        SELECT id, created_at FROM job
        WHERE state IN ('queued', 'running') AND (created_at, id) > (?::timestamptz, ?::uuid)
        ORDER BY created_at, id LIMIT ?) j
      LEFT JOIN low_water_mark f ON f.job_id = j.id
      ORDER BY j.created_at, j.id
      """;

  private static final String LOCK =
      "SELECT job_id FROM low_water_mark WHERE job_id = ANY (?) FOR NO KEY UPDATE SKIP LOCKED";

  private static final String RAISE =
      """
      UPDATE low_water_mark f SET seq = lowest.seq
      FROM low_water_mark g CROSS JOIN LATERAL (
        SELECT i.seq FROM item i WHERE i.job_id = g.job_id AND i.state = 'ready' AND i.seq >= g.seq
        ORDER BY i.job_id, i.seq LIMIT 1) lowest
      WHERE g.job_id = ANY (?) AND f.job_id = g.job_id AND lowest.seq > f.seq
      """;

  /** Jobs per transaction at most: their marks stay locked until its end. */
  private static final int BATCH = 200;

  private LowWaterMark() {}

  /** Runs a statement that ends in {@link #LOWER}; returns how many items it made ready. */
  public static int madeReady(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /**
   * The last job of a batch, in the order of (created_at, id).
   *
   * @param createdAt as PostgreSQL prints it
   * @param job its id
   */
  public record Cursor(String createdAt, UUID job) {

    public static final Cursor START = new Cursor("-infinity", new UUID(0, 0));
  }

  /**
   * Adds missing marks.
   *
   * @return false when another replica is raising marks
   */
  public static boolean begin(Connection connection) throws SQLException {
    if (!tryLock(connection)) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_MISSING)) {
      statement.executeUpdate();
      return true;
    }
  }

  /**
   * Raises the marks of the next jobs, each to its first ready item.
   *
   * @return where to continue; empty when no job is left, or another replica is raising marks
   */
  public static Optional<Cursor> raise(Connection connection, Cursor after) throws SQLException {
    if (!tryLock(connection)) {
      return Optional.empty();
    }
    List<Cursor> cursors = new ArrayList<>();
    List<UUID> rising = new ArrayList<>();
    try (PreparedStatement next = connection.prepareStatement(NEXT_JOBS)) {
      next.setString(1, after.createdAt());
      next.setObject(2, after.job());
      next.setInt(3, BATCH);
      try (ResultSet rows = next.executeQuery()) {
        while (rows.next()) {
          UUID job = rows.getObject("id", UUID.class);
          cursors.add(new Cursor(rows.getString("created_at"), job));
          if (rows.getBoolean("rises")) {
            rising.add(job);
          }
        }
      }
    }
    if (!rising.isEmpty()) {
      raise(connection, lock(connection, rising));
    }
    return cursors.size() < BATCH ? Optional.empty() : Optional.of(cursors.get(cursors.size() - 1));
  }

  private static boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TRY_LOCK);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static List<UUID> lock(Connection connection, List<UUID> jobs) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        List<UUID> locked = new ArrayList<>();
        while (rows.next()) {
          locked.add(rows.getObject(1, UUID.class));
        }
        return locked;
      }
    }
  }

  private static void raise(Connection connection, List<UUID> locked) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
      statement.setArray(1, connection.createArrayOf("uuid", locked.toArray()));
      statement.executeUpdate();
    }
  }
}
