package io.burnish.queue;

import io.burnish.database.TextArray;
import io.burnish.queue.ClaimedItem.StoredAnswer;
import io.burnish.record.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads claims. The statement names the items {@code u}, with the columns that it finds in them; an
 * answer of before is looked for only where there was a claim before.
 */
final class ClaimedRows {

  static final String COLUMNS =
      """
      u.id, u.job_id, u.seq, u.fence, u.attempt, u.fingerprint, u.record_key, u.alone, p.record,
      CASE WHEN u.attempt > 0 THEN (
        SELECT a.errors FROM attempt a
        WHERE a.item_id = u.id AND a.outcome = 'refused' ORDER BY a.id DESC LIMIT 1) END AS problems,
      stored.call_id, stored.model, stored.ref, stored.raw_answer
      """;

  static final String SOURCE =
      """
      u JOIN item_payload p ON p.item_id = u.id
      LEFT JOIN LATERAL (
        SELECT a.call_id, a.ref, c.model, c.raw_answer
        FROM attempt a JOIN provider_call c ON c.id = a.call_id
        WHERE u.fence > 1 AND a.item_id = u.id AND a.outcome = 'answered' AND c.raw_answer IS NOT NULL
        ORDER BY a.id DESC LIMIT 1) stored ON true
      """;

  private ClaimedRows() {}

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

  private static @Nullable Fingerprint fingerprint(byte @Nullable [] bytes) {
    return bytes == null ? null : new Fingerprint(HexFormat.of().formatHex(bytes));
  }
}
