package io.burnish.queue.completion;

import io.burnish.database.Columns;
import io.burnish.queue.claim.LowWaterMark;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.ItemState;
import io.burnish.queue.item.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Single flight over jobs and replicas. The first claim of a content inserts its row in {@code
 * in_flight} and leads; later claims of the content find the row and follow, that is, they wait.
 * The row is deleted when the leader is decided, and the followers are woken.
 *
 * <p>No wake-up is lost. A follower locks the leader's row before it waits. So it either finds no
 * row, or is seen by the statement that wakes, which runs after the deletion and sees all that was
 * committed by then.
 */
public final class SingleFlight {

  /**
   * Skips items whose claim was lost since: nothing would delete their row. {@code FOR SHARE}
   * blocks a rescue until the row is visible.
   */
  private static final String ACQUIRE =
      """
      INSERT INTO in_flight (fingerprint, item_id)
      SELECT d.fingerprint, i.id
      FROM unnest(?::bytea[], ?::bigint[], ?::int[]) AS d(fingerprint, id, fence)
      JOIN item i ON i.id = d.id AND i.fence = d.fence AND i.worker_id IS NOT NULL
      ORDER BY d.fingerprint FOR SHARE OF i
      ON CONFLICT (fingerprint) DO NOTHING
      """;

  private static final String LEADERS =
      "SELECT encode(fingerprint, 'hex'), item_id FROM in_flight WHERE fingerprint = ANY (?)";

  private static final String JOIN =
      "SELECT FROM in_flight WHERE fingerprint = ANY (?) ORDER BY fingerprint FOR KEY SHARE";

  /**
   * Of items in these states. Keeps the rows of items that are claimed: {@code SKIP LOCKED} skips
   * those that are being claimed now, and the state skips those that were.
   */
  private static final String RELEASE =
      """
      WITH released AS MATERIALIZED (
        SELECT i.id FROM in_flight f JOIN item i ON i.id = f.item_id
        WHERE i.job_id = ? AND i.state IN (%s) FOR UPDATE OF i SKIP LOCKED)
      DELETE FROM in_flight f USING released WHERE f.item_id = released.id RETURNING f.fingerprint
      """;

  private static final String RELEASE_READY = RELEASE.formatted("'ready'");
  private static final String RELEASE_OPEN = RELEASE.formatted("'ready', 'waiting'");

  private static final String WAKE =
      """
      WITH made_ready AS (
        UPDATE item SET state = 'ready', due_at = NULL, wait_reason = NULL
        WHERE wait_reason = 'in_flight_elsewhere' AND fingerprint = ANY (?)
        RETURNING job_id, seq)
      """
          + LowWaterMark.LOWER;

  private SingleFlight() {}

  /** Takes the flights of claimed items; those whose equal item is in flight wait for it. */
  public static List<ClaimedItem> acquire(Connection connection, List<ClaimedItem> claims)
      throws SQLException {
    List<ClaimedItem> shared = claims.stream().filter(c -> c.fingerprint() != null).toList();
    if (shared.isEmpty()) {
      return claims;
    }
    var columns = new Columns<>(connection, shared);
    try (PreparedStatement insert = connection.prepareStatement(ACQUIRE)) {
      insert.setArray(1, columns.bytes(c -> Insertion.bytes(c.fingerprint())));
      insert.setArray(2, columns.of("int8", ClaimedItem::id));
      insert.setArray(3, columns.of("int4", ClaimedItem::fence));
      insert.executeUpdate();
    }
    Map<String, Long> leaders = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(LEADERS)) {
      select.setArray(1, columns.bytes(c -> Insertion.bytes(c.fingerprint())));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          leaders.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return claims.stream()
        .filter(
            c ->
                c.fingerprint() == null
                    || Objects.equals(leaders.get(c.fingerprint().hex()), c.id()))
        .toList();
  }

  /** Locks the leaders' rows of these followers until their waits are committed. */
  static void join(Connection connection, List<Outcome> outcomes) throws SQLException {
    onFingerprints(connection, JOIN, outcomes, Outcome::waitsForSingleFlight);
  }

  /** Wakes the followers of the items that these outcomes decide. */
  static void wake(Connection connection, List<Outcome> outcomes) throws SQLException {
    onFingerprints(
        connection, WAKE, outcomes, outcome -> outcome.decision().state() != ItemState.WAITING);
  }

  /** Deletes the rows of a job's ready items; returns their contents. */
  public static List<byte[]> releaseReady(Connection connection, UUID job) throws SQLException {
    return release(connection, RELEASE_READY, job);
  }

  /** The same for waiting items too. */
  public static List<byte[]> releaseOpen(Connection connection, UUID job) throws SQLException {
    return release(connection, RELEASE_OPEN, job);
  }

  private static List<byte[]> release(Connection connection, String sql, UUID job)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, job);
      try (ResultSet rows = statement.executeQuery()) {
        List<byte[]> fingerprints = new ArrayList<>();
        while (rows.next()) {
          fingerprints.add(rows.getBytes(1));
        }
        return fingerprints;
      }
    }
  }

  /** Wakes the followers of these contents. */
  public static int wakeFollowers(Connection connection, List<byte[]> fingerprints)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WAKE)) {
      statement.setArray(1, new Columns<>(connection, fingerprints).bytes(bytes -> bytes));
      return LowWaterMark.madeReady(statement);
    }
  }

  private static void onFingerprints(
      Connection connection, String sql, List<Outcome> outcomes, Predicate<Outcome> which)
      throws SQLException {
    List<Outcome> shared =
        outcomes.stream()
            .filter(outcome -> outcome.item().fingerprint() != null && which.test(outcome))
            .toList();
    if (!shared.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setArray(
            1,
            new Columns<>(connection, shared)
                .bytes(outcome -> Insertion.bytes(outcome.item().fingerprint())));
        statement.execute();
      }
    }
  }
}
