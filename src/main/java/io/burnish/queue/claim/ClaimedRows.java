package io.burnish.queue.claim;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.Columns;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.ClaimedItem.Budget;
import io.burnish.queue.item.ClaimedItem.StoredAnswer;
import io.burnish.queue.item.PastCall;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads claimed items. The statement names them {@code u}, with their columns and {@code bytes}. A
 * stored answer is read only for items that were claimed before.
 */
public final class ClaimedRows {

  /**
   * The size of an item {@code i} before it is claimed: its record, its refused answers, and an
   * answer that was not judged. Lengths are read without decompressing the value (Source:
   * PostgreSQL source, {@code textoctetlen} in varlena.c, read 2026-11).
   */
  static final String BYTES =
      """
      COALESCE(i.record_bytes, (SELECT octet_length(p.record) FROM item_payload p WHERE p.item_id = i.id), 0)
        + CASE WHEN i.fence > 0 THEN (
            SELECT COALESCE(sum(COALESCE(octet_length(a.answer), 0) + COALESCE(pg_column_size(a.errors), 0)
                                + COALESCE(octet_length(a.violations), 0)), 0)
                   + COALESCE(max(octet_length(c.raw_answer)) FILTER (WHERE a.outcome = 'answered'), 0)
            FROM attempt a JOIN provider_call c ON c.id = a.call_id WHERE a.item_id = i.id) ELSE 0 END
      """;

  private static final String OF_ITEM =
      """
      u.id, u.job_id, u.seq, u.fence, u.attempt, u.fingerprint, u.record_key, u.max_pack, u.internal_errors, u.retry, u.bytes,
      (SELECT CASE WHEN b.max_cost IS NOT NULL THEN 'COST' WHEN b.max_tokens IS NOT NULL THEN 'TOKENS' ELSE 'NONE' END
       FROM job b WHERE b.id = u.job_id) AS budget,
      """;

  static final String COLUMNS =
      OF_ITEM
          + """
      p.record,
      CASE WHEN u.fence > 1 THEN (
        SELECT json_agg(json_build_object('fence', h.fence, 'model', h.model, 'refused', h.refused, 'outcome', h.outcome,
                                          'records', h.records, 'answer', h.answer, 'errors', h.errors, 'violations', h.violations,
                                          'seconds', h.seconds)
                        ORDER BY h.id)
        FROM (SELECT a.id, a.fence, c.model, a.outcome = 'refused' AS refused, c.outcome,
                     (SELECT count(*) FROM attempt o WHERE o.call_id = c.id) AS records, a.answer, a.errors, a.violations,
                     extract(epoch FROM clock_timestamp() - c.at) AS seconds
              FROM attempt a JOIN provider_call c ON c.id = a.call_id
              WHERE a.item_id = u.id AND a.fence > u.retry_fence ORDER BY a.id DESC LIMIT 200) h) END AS history,
      CASE WHEN u.retry > 0 THEN (
        SELECT t.rules_off FROM job_retry t WHERE t.job_id = u.job_id AND t.number = u.retry) END AS rules_off,
      stored.call_id, stored.model, stored.ref, stored.raw_answer
      """;

  static final String SOURCE =
      """
      u JOIN item_payload p ON p.item_id = u.id
      LEFT JOIN LATERAL (
        SELECT a.call_id, a.ref, c.model, c.raw_answer
        FROM attempt a JOIN provider_call c ON c.id = a.call_id
        WHERE u.fence > 1 AND a.item_id = u.id AND a.fence > u.retry_fence AND a.outcome = 'answered' AND c.raw_answer IS NOT NULL
        ORDER BY a.id DESC LIMIT 1) stored ON true
      """;

  /** Replaces {@link #COLUMNS} in claims that read no texts. */
  static final String COLUMNS_WITHOUT_TEXTS =
      OF_ITEM
          + """
      '' AS record, NULL AS history, NULL::text[] AS rules_off, NULL::uuid AS call_id, NULL AS model, NULL::int AS ref, NULL AS raw_answer
      """;

  private static final String READ_TEXTS =
      "SELECT "
          + COLUMNS
          + """
      FROM (
        SELECT i.id, i.job_id, i.seq, i.fence, i.attempt, i.fingerprint, i.record_key, i.max_pack, i.internal_errors, i.retry, i.retry_fence, d.bytes
        FROM unnest(?::bigint[], ?::int[], ?::bigint[]) AS d(id, fence, bytes)
        JOIN item i ON i.id = d.id AND i.fence = d.fence AND i.worker_id IS NOT NULL)
      """
          + SOURCE
          + "ORDER BY u.job_id, u.seq";

  private ClaimedRows() {}

  /** The same claims with their texts, without those whose lease was lost since. */
  public static List<ClaimedItem> readTexts(Connection connection, List<ClaimedItem> claims)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ_TEXTS)) {
      var columns = new Columns<>(connection, claims);
      statement.setArray(1, columns.of("int8", ClaimedItem::id));
      statement.setArray(2, columns.of("int4", ClaimedItem::fence));
      statement.setArray(3, columns.of("int8", ClaimedItem::bytes));
      List<ClaimedItem> read = new ArrayList<>(claims.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(read(rows));
        }
      }
      return read;
    }
  }

  static ClaimedItem read(ResultSet row) throws SQLException {
    return new ClaimedItem(
        row.getLong("id"),
        row.getObject("job_id", UUID.class),
        row.getInt("seq"),
        row.getInt("fence"),
        row.getInt("attempt"),
        fingerprint(row.getBytes("fingerprint")),
        row.getString("record_key"),
        row.getString("record"),
        maxPack(row),
        row.getInt("internal_errors"),
        history(row.getString("history")),
        stored(row),
        row.getLong("bytes"),
        row.getInt("retry"),
        rulesOff(row.getArray("rules_off")),
        Budget.valueOf(row.getString("budget")));
  }

  private static Set<String> rulesOff(@Nullable Array names) throws SQLException {
    return names == null ? Set.of() : Set.of((String[]) names.getArray());
  }

  private static int maxPack(ResultSet row) throws SQLException {
    int bound = row.getInt("max_pack");
    return row.wasNull() ? ClaimedItem.UNBOUNDED : bound;
  }

  private static List<PastCall> history(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    List<PastCall> calls = new ArrayList<>();
    RecordJson.read(json).forEach(call -> calls.add(pastCall(call)));
    return List.copyOf(calls);
  }

  private static PastCall pastCall(JsonNode call) {
    List<String> errors = new ArrayList<>();
    call.path("errors").forEach(error -> errors.add(error.asText()));
    return new PastCall(
        call.path("fence").asInt(),
        call.path("model").asText(),
        call.path("refused").asBoolean(),
        call.path("outcome").asText(),
        call.path("records").asInt(),
        call.path("answer").textValue(),
        List.copyOf(errors),
        codes(call.path("violations").textValue()),
        Duration.ofMillis(Math.round(call.path("seconds").asDouble() * 1000)));
  }

  private static List<String> codes(@Nullable String violations) {
    if (violations == null) {
      return List.of();
    }
    List<String> codes = new ArrayList<>();
    RecordJson.read(violations).forEach(violation -> codes.add(violation.path("code").asText()));
    return List.copyOf(codes);
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

  private static @Nullable Fingerprint fingerprint(byte @Nullable [] bytes) {
    return bytes == null ? null : new Fingerprint(HexFormat.of().formatHex(bytes));
  }
}
