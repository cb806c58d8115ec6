package io.burnish.queue;

import io.burnish.database.Columns;
import io.burnish.queue.Outcome.Parked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Single flight over jobs and replicas: the first claim of a content writes its row in {@code
 * flight} and works; later ones see the row and wait. The row goes when its item is decided, and
 * those that wait are woken.
 *
 * <p>No wake-up is lost: one that goes to wait first locks the row it waits for, so that it either
 * finds the row gone, or is seen by the statement that wakes, which runs after the row's deletion
 * and sees everything committed by then.
 */
final class SingleFlight {

  /**
   * An item that was taken from its worker since the claim does not take off: once it is decided,
   * nothing would land its flight. The lock keeps it from being taken until the flight can be seen.
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
   * Who claims such an item at this moment, or has done so, keeps its flight: the lock passes over
   * the former, and looks at the state of the latter.
   */
  private static final String RELEASE =
      """
      WITH idle AS MATERIALIZED (
        SELECT i.id FROM in_flight f JOIN item i ON i.id = f.item_id
        WHERE i.job_id = ? AND i.state = 'ready' FOR UPDATE OF i SKIP LOCKED)
      DELETE FROM in_flight USING idle WHERE in_flight.item_id = idle.id
      """;

  private static final String WAKE =
      """
      WITH made_ready AS (
        UPDATE item SET state = 'ready', due_at = NULL, wait_reason = NULL
        WHERE wait_reason = 'in_flight_elsewhere' AND fingerprint = ANY (?)
        RETURNING job_id, seq)
      """
          + LowWaterMark.LOWER;

  private SingleFlight() {}

  static List<ClaimedItem> acquire(Connection connection, List<ClaimedItem> claims)
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

  /** Keeps the flights that these outcomes wait for from landing until the wait is written. */
  static void join(Connection connection, List<Outcome> outcomes) throws SQLException {
    onFingerprints(connection, JOIN, outcomes, SingleFlight::isFollower);
  }

  /** Wakes those that waited for what these outcomes decided. */
  static void wake(Connection connection, List<Outcome> outcomes) throws SQLException {
    onFingerprints(
        connection, WAKE, outcomes, outcome -> outcome.decision().state() != ItemState.WAITING);
  }

  /** Ends the flights of a job's items that nobody works on; how many. */
  static int release(Connection connection, UUID job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, job);
      return statement.executeUpdate();
    }
  }

  /** Whether the outcome is a wait for another item of the same content. */
  static boolean isFollower(Outcome outcome) {
    return outcome.decision() instanceof Parked parked
        && parked.reason() == WaitReason.IN_FLIGHT_ELSEWHERE;
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
