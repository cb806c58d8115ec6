package io.burnish.items;

import io.burnish.database.Sql;
import io.burnish.database.TextArray;
import io.burnish.items.ItemCall.Tokens;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads items of a job. Thread-safe.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database is not
 * available.
 */
@Singleton
public class ItemQueries {

  /** Calls that are read of an item; more than {@code burnish.worker.max-calls} by default. */
  static final int MOST_CALLS = 100;

  /** A result or a failure of an earlier run is not read once the item is open again. */
  private static final String ITEM =
      """
      SELECT i.id, i.seq, i.record_key, i.state, i.attempt, i.model, i.error_code, i.wait_reason, i.due_at,
             (SELECT o.name FROM job_file o WHERE o.job_id = i.job_id AND o.ordinal = i.file_ordinal) AS file,
             p.record, r.record AS result, r.evidence, f.errors
      FROM item i JOIN item_payload p ON p.item_id = i.id
      LEFT JOIN item_result r ON r.item_id = i.id AND i.state = 'succeeded'
      LEFT JOIN item_failure f ON f.item_id = i.id AND i.state = 'failed'
      WHERE i.job_id = ? AND i.seq = ?
      """;

  private static final String CALLS =
      """
      SELECT row_number() OVER (ORDER BY a.id) AS n, c.at, c.model, a.outcome AS verdict, c.outcome, c.http_status,
             c.latency_ms, a.ref, (SELECT max(o.ref) FROM attempt o WHERE o.call_id = c.id) AS records,
             a.answer, a.errors, a.violations, c.prompt_tokens, c.completion_tokens, c.cached_tokens
      FROM attempt a JOIN provider_call c ON c.id = a.call_id
      WHERE a.item_id = ? ORDER BY n DESC LIMIT ?
      """;

  private final Sql sql;

  ItemQueries(Sql sql) {
    this.sql = sql;
  }

  /**
   * A page of a job's items, in input order. It looks at 5,000 items at most, so it may be shorter
   * than the limit, or empty, although more items follow.
   *
   * @param afterSeq where the page before ended; -1 at first
   * @param limit items at most; over 0
   */
  public ItemPage page(UUID job, ItemFilter filter, int afterSeq, int limit) {
    return sql.run(c -> PageStatement.read(c, job, filter, afterSeq, limit));
  }

  /** The item at a position of the job's input, from 0; empty when there is none. */
  public Optional<ItemDetail> find(UUID job, int seq) {
    return sql.run(c -> find(c, job, seq));
  }

  private static Optional<ItemDetail> find(Connection connection, UUID job, int seq)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ITEM)) {
      statement.setObject(1, job);
      statement.setInt(2, seq);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ItemDetail(
                    row(row),
                    row.getString("record"),
                    row.getString("result"),
                    row.getString("evidence"),
                    TextArray.read(row.getArray("errors")),
                    calls(connection, row.getLong("id"))))
            : Optional.empty();
      }
    }
  }

  static ItemRow row(ResultSet row) throws SQLException {
    return new ItemRow(
        row.getInt("seq"),
        row.getString("file"),
        row.getString("record_key"),
        row.getString("state"),
        row.getInt("attempt"),
        row.getString("model"),
        row.getString("error_code"),
        row.getString("wait_reason"),
        instant(row, "due_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static List<ItemCall> calls(Connection connection, long item) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CALLS)) {
      statement.setLong(1, item);
      statement.setInt(2, MOST_CALLS);
      try (ResultSet rows = statement.executeQuery()) {
        List<ItemCall> calls = new ArrayList<>();
        while (rows.next()) {
          calls.add(call(rows));
        }
        Collections.reverse(calls);
        return calls;
      }
    }
  }

  private static ItemCall call(ResultSet row) throws SQLException {
    int records = row.getInt("records");
    return new ItemCall(
        row.getInt("n"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("model"),
        row.getString("verdict"),
        row.getString("outcome"),
        row.getInt("http_status"),
        row.getInt("latency_ms"),
        records,
        row.getString("answer"),
        StoredViolation.list(TextArray.read(row.getArray("errors")), row.getString("violations")),
        new Tokens(
                row.getInt("prompt_tokens"),
                row.getInt("completion_tokens"),
                row.getInt("cached_tokens"))
            .share(row.getInt("ref"), records));
  }
}
