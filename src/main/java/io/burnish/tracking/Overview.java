package io.burnish.tracking;

import io.burnish.tracking.decision.PriorResult;
import io.burnish.tracking.decision.Tracked;
import io.burnish.tracking.decision.TrackedCounts;
import io.burnish.tracking.decision.TrackedOverview;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts one provider's decisions, and lists those of a key. */
final class Overview {

  /** Each table with an optional sample clause, and the factor for its counts. */
  private static final String COUNTS =
      """
      SELECT profile, sum(processed)::bigint AS processed, sum(failed)::bigint AS failed, sum(imported)::bigint AS imported
      FROM (SELECT profile, count(*) FILTER (WHERE state = 'processed') * %2$s AS processed,
                   count(*) FILTER (WHERE state = 'failed') * %2$s AS failed, 0 AS imported
            FROM enhancement %1$s WHERE provider = ? AND (?::text IS NULL OR owner = ?) GROUP BY profile
            UNION ALL
            SELECT profile, count(*) FILTER (WHERE state = 'processed') * %6$s, count(*) FILTER (WHERE state = 'failed') * %6$s, 0
            FROM (SELECT * FROM enhancement_key %5$s) k JOIN enhancement e USING (profile, fingerprint)
            WHERE provider = ? AND (?::text IS NULL OR owner = ?) GROUP BY profile
            UNION ALL
            SELECT profile, 0, 0, count(*) * %4$s
            FROM (SELECT 'default' AS owner, provider, profile FROM imported_key %3$s
                  UNION ALL SELECT owner, provider, profile FROM imported_key_of_owner %3$s) i
            WHERE provider = ? AND (?::text IS NULL OR owner = ?) GROUP BY profile) x
      GROUP BY profile
      """;

  private static final String ALL = COUNTS.formatted("", "1", "", "1", "", "1");

  /** A sequential scan, possibly parallel, is the fastest way to count all rows. */
  private static final String LIMITS =
      """
      SELECT set_config('statement_timeout', ?, true), set_config('enable_seqscan', 'on', true)
      """;

  /** Pages of each table that an estimate reads, about. */
  private static final double PAGES = 2_000;

  private static final String SIZE =
      """
      SELECT GREATEST(pg_relation_size('enhancement') / current_setting('block_size')::int, 1) AS contents,
             GREATEST((pg_relation_size('imported_key') + pg_relation_size('imported_key_of_owner')) / current_setting('block_size')::int, 1) AS imported,
             GREATEST(pg_relation_size('enhancement_key') / current_setting('block_size')::int, 1) AS keys
      """;

  private static final String OF_KEY =
      """
      SELECT profile, encode(fingerprint, 'hex') AS hex, state, NULL AS result, error_code, errors, model, proof_version, at
      FROM enhancement
      WHERE left(record_key, 200) = left(?, 200) AND record_key = ? AND provider = ? AND (?::text IS NULL OR owner = ?)
      UNION ALL
      SELECT profile, encode(fingerprint, 'hex'), e.state, NULL, e.error_code, e.errors, e.model, e.proof_version, k.at
      FROM enhancement_key k JOIN enhancement e USING (profile, fingerprint)
      WHERE left(k.record_key, 200) = left(?, 200) AND k.record_key = ? AND e.provider = ? AND (?::text IS NULL OR e.owner = ?)
      UNION ALL
      SELECT profile, NULL, state, NULL, NULL, NULL, NULL, NULL, imported_at
      FROM imported_keys WHERE record_key = ? AND provider = ? AND (?::text IS NULL OR owner = ?)
      ORDER BY at DESC, hex LIMIT ?
      """;

  private Overview() {}

  /** Counts all rows; the statement is cancelled at the timeout. */
  static TrackedOverview counted(
      Connection connection, String provider, @Nullable String owner, Duration timeout)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIMITS)) {
      statement.setString(1, timeout.toMillis() + "ms");
      statement.execute();
    }
    return new TrackedOverview(counts(connection, provider, owner, ALL), false);
  }

  /** Extrapolates from a sample of the pages. */
  static TrackedOverview estimated(Connection connection, String provider, @Nullable String owner)
      throws SQLException {
    double contents;
    double imported;
    double keys;
    try (PreparedStatement statement = connection.prepareStatement(SIZE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      contents = Math.min(1, PAGES / row.getLong("contents"));
      imported = Math.min(1, PAGES / row.getLong("imported"));
      keys = Math.min(1, PAGES / row.getLong("keys"));
    }
    String sql =
        COUNTS.formatted(
            sample(contents), 1 / contents, sample(imported), 1 / imported, sample(keys), 1 / keys);
    return new TrackedOverview(counts(connection, provider, owner, sql), true);
  }

  private static String sample(double share) {
    return "TABLESAMPLE SYSTEM (" + 100 * share + ")";
  }

  private static Map<String, TrackedCounts> counts(
      Connection connection, String provider, @Nullable String owner, String sql)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int place = 1; place <= 7; place += 3) {
        setScope(statement, place, provider, owner);
      }
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, TrackedCounts> counts = new TreeMap<>();
        while (rows.next()) {
          counts.put(
              rows.getString("profile"),
              new TrackedCounts(
                  rows.getLong("processed"), rows.getLong("failed"), rows.getLong("imported")));
        }
        return counts;
      }
    }
  }

  private static void setScope(
      PreparedStatement statement, int place, String provider, @Nullable String owner)
      throws SQLException {
    statement.setString(place, provider);
    statement.setString(place + 1, owner);
    statement.setString(place + 2, owner);
  }

  static List<Tracked> byKey(
      Connection connection, String provider, @Nullable String owner, String key, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_KEY)) {
      for (int place = 1; place <= 6; place += 5) {
        statement.setString(place, key);
        statement.setString(place + 1, key);
        setScope(statement, place + 2, provider, owner);
      }
      statement.setString(11, key);
      setScope(statement, 12, provider, owner);
      statement.setInt(15, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<Tracked> tracked = new ArrayList<>();
        while (rows.next()) {
          tracked.add(new Tracked(rows.getString("profile"), known(rows)));
        }
        return tracked;
      }
    }
  }

  private static PriorResult known(ResultSet row) throws SQLException {
    return row.getString("hex") == null
        ? PriorResult.imported(Lookup.state(row.getString("state")), Lookup.instant(row, "at"))
        : Lookup.decided(row, true);
  }
}
