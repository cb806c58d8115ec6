package io.burnish.tracking;

import io.burnish.database.Columns;
import io.burnish.database.TextArray;
import io.burnish.record.Fingerprint;
import io.burnish.tracking.decision.KeyLookup;
import io.burnish.tracking.decision.PriorResult;
import io.burnish.tracking.decision.TrackedState;
import io.burnish.tracking.decision.TrackingScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads prior decisions about a batch of contents or keys in one statement. Results are read up to
 * {@value #MOST_BYTES} bytes in all, at least one; for the others only their existence is read.
 */
final class Lookup {

  /** Bytes of results per batch at most; more than twice those of a full claim of usual records. */
  static final int MOST_BYTES = 4_000_000;

  /** Limits the results of rows {@code x}, in the order of a column. */
  private static final String WITHIN_BOUNDS =
      """
      SELECT *, CASE WHEN before < %1$d THEN whole END AS result, before >= %1$d AND whole IS NOT NULL AS unread FROM (
        SELECT *, COALESCE(sum(octet_length(whole))
                    OVER (ORDER BY %2$s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
        FROM (%3$s) x) y
      """;

  private static final String BY_CONTENT =
      WITHIN_BOUNDS.formatted(
          MOST_BYTES,
          "hex",
          """
          SELECT encode(fingerprint, 'hex') AS hex, state, result AS whole, error_code, errors, model, proof_version, at
          FROM enhancement WHERE profile = ? AND fingerprint = ANY (?)
          """);

  /**
   * Of several contents under a key: processed before failed, then the wanted content before
   * others, then the earliest.
   */
  private static final String BY_KEY =
      WITHIN_BOUNDS.formatted(
          MOST_BYTES,
          "place",
          """
          SELECT w.place, i.state AS imported_state, i.imported_at,
                 encode(e.fingerprint, 'hex') AS hex, e.state, e.result AS whole, e.error_code, e.errors, e.model, e.proof_version, e.at
          FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w(record_key, hex, place)
          LEFT JOIN imported_keys i ON i.owner = ? AND i.provider = ? AND i.profile = ? AND i.record_key = w.record_key
          LEFT JOIN LATERAL (
            SELECT * FROM (
              SELECT o.* FROM enhancement o
              WHERE left(o.record_key, 200) = left(w.record_key, 200) AND o.record_key = w.record_key
                AND o.owner = ? AND o.provider = ? AND o.profile = ?
              UNION ALL
              SELECT o.* FROM enhancement_key k JOIN enhancement o ON o.profile = k.profile AND o.fingerprint = k.fingerprint
              WHERE left(k.record_key, 200) = left(w.record_key, 200) AND k.record_key = w.record_key
                AND o.owner = ? AND o.provider = ? AND k.profile = ?) x
            ORDER BY x.state = 'failed', x.fingerprint <> decode(w.hex, 'hex'), x.at LIMIT 1) e ON true
          WHERE i.state IS NOT NULL OR e.state IS NOT NULL
          """);

  private Lookup() {}

  static Map<Fingerprint, PriorResult> byContent(
      Connection connection, String profile, Collection<Fingerprint> fingerprints)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_CONTENT)) {
      statement.setString(1, profile);
      statement.setArray(
          2, new Columns<>(connection, List.copyOf(fingerprints)).bytes(Fingerprint::bytes));
      try (ResultSet rows = statement.executeQuery()) {
        Map<Fingerprint, PriorResult> known = new HashMap<>();
        while (rows.next()) {
          known.put(
              new Fingerprint(rows.getString("hex")), decided(rows, rows.getBoolean("unread")));
        }
        return known;
      }
    }
  }

  static Map<KeyLookup, PriorResult> byKey(
      Connection connection, TrackingScope scope, String profile, List<KeyLookup> wanted)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_KEY)) {
      Columns<KeyLookup> columns = new Columns<>(connection, wanted);
      statement.setArray(1, columns.texts(KeyLookup::key));
      statement.setArray(2, columns.texts(keyed -> keyed.content().hex()));
      for (int place = 3; place <= 9; place += 3) {
        statement.setString(place, scope.owner());
        statement.setString(place + 1, scope.provider());
        statement.setString(place + 2, profile);
      }
      try (ResultSet rows = statement.executeQuery()) {
        Map<KeyLookup, PriorResult> known = new HashMap<>();
        while (rows.next()) {
          known.put(wanted.get(rows.getInt("place") - 1), strongest(rows));
        }
        return known;
      }
    }
  }

  /** A result first, then an imported entry that says processed, then the failure. */
  private static PriorResult strongest(ResultSet row) throws SQLException {
    @Nullable String decided = row.getString("state");
    @Nullable String imported = row.getString("imported_state");
    boolean listed = imported != null && state(imported) == TrackedState.PROCESSED;
    if (decided != null
        && (imported == null || state(decided) == TrackedState.PROCESSED || !listed)) {
      return decided(row, row.getBoolean("unread"));
    }
    return PriorResult.imported(state(String.valueOf(imported)), instant(row, "imported_at"));
  }

  /**
   * The decision in a row with the columns of {@code enhancement}.
   *
   * @param unread whether there is a result that the row does not have
   */
  static PriorResult decided(ResultSet row, boolean unread) throws SQLException {
    return new PriorResult(
        state(row.getString("state")),
        Optional.of(new Fingerprint(row.getString("hex"))),
        Optional.ofNullable(row.getString("result")),
        Optional.ofNullable(row.getString("error_code")),
        TextArray.read(row.getArray("errors")),
        Optional.ofNullable(row.getString("model")),
        Optional.ofNullable(row.getString("proof_version")),
        instant(row, "at"),
        unread);
  }

  static TrackedState state(String word) {
    return TrackedState.of(word).orElseThrow();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
