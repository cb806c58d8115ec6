package io.burnish.items;

import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.record.RecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of items in one statement, which looks at a bounded number of items and bytes,
 * whatever the conditions. Three states have an index by seq, and a failure's code implies its
 * state: there only items of the state are looked at.
 */
final class PageStatement {

  /** Items that one page looks at. */
  static final int LOOKED_AT = 5_000;

  /** Bytes of keys, and of records where their text is searched, that one page looks at. */
  private static final int BYTES = 8_000_000;

  private static final String SQL =
      """
      WITH looked AS MATERIALIZED (
        SELECT i.*, sum(bytes) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) - bytes AS before
        FROM (
          SELECT i.id, i.job_id, i.seq, i.file_ordinal, i.record_key, i.state, i.attempt, i.model, i.error_code,
                 i.wait_reason, i.due_at, COALESCE(octet_length(i.record_key), 0) + %s AS bytes
          FROM item i WHERE i.job_id = ? AND i.seq > ? %s
          ORDER BY i.job_id, i.seq LIMIT %d) i),
      bounded AS MATERIALIZED (SELECT * FROM looked WHERE before < %d),
      found AS (SELECT * FROM bounded i WHERE %s ORDER BY seq LIMIT ?)
      SELECT l.last, l.more, i.seq, i.record_key, i.state, i.attempt, i.model, i.error_code, i.wait_reason, i.due_at,
             (SELECT o.name FROM job_file o WHERE o.job_id = i.job_id AND o.ordinal = i.file_ordinal) AS file
      FROM (
        SELECT max(seq) AS last, (SELECT count(*) FROM looked) = %d OR count(*) < (SELECT count(*) FROM looked) AS more
        FROM bounded) l
      LEFT JOIN found i ON true ORDER BY i.seq
      """;

  private static final String RECORD_BYTES =
      "COALESCE(i.record_bytes, (SELECT octet_length(p.record) FROM item_payload p WHERE p.item_id = i.id), 0)";

  private static final String HAS_TEXT =
      "EXISTS (SELECT FROM item_payload p WHERE p.item_id = i.id AND position(lower(?) IN lower(p.record)) > 0)";

  private final List<String> conditions = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final String text;

  private PageStatement(ItemFilter filter) {
    add("i.state = ?", filter.state() == null ? null : filter.state().word());
    add("i.error_code = ?", filter.code());
    add("i.model = ?", filter.model());
    add("i.record_key = ?", filter.key());
    add(HAS_TEXT, filter.text() == null ? null : escaped(filter.text()));
    text =
        SQL.formatted(
            filter.text() == null ? "0" : RECORD_BYTES,
            ofState(filter),
            LOOKED_AT,
            BYTES,
            conditions.isEmpty() ? "true" : String.join(" AND ", conditions),
            LOOKED_AT);
  }

  private void add(String condition, @Nullable String value) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  /** Literal, so that the partial index of the state is used. */
  private static String ofState(ItemFilter filter) {
    if (filter.state() == null) {
      return filter.code() == null ? "" : "AND i.state = 'failed'";
    }
    return switch (filter.state()) {
      case READY -> "AND i.state = 'ready'";
      case SUCCEEDED -> "AND i.state = 'succeeded'";
      case FAILED -> "AND i.state = 'failed'";
      case RUNNING, WAITING, CANCELLED -> "";
    };
  }

  /** As the text stands in a stored record. */
  private static String escaped(String text) {
    String json = RecordJson.write(TextNode.valueOf(text));
    return json.substring(1, json.length() - 1);
  }

  /**
   * Reads a page.
   *
   * @param afterSeq the last seq of the page before; -1 at first
   * @param limit items at most; over 0
   */
  static ItemPage read(Connection connection, UUID job, ItemFilter filter, int afterSeq, int limit)
      throws SQLException {
    PageStatement page = new PageStatement(filter);
    try (PreparedStatement statement = connection.prepareStatement(page.text)) {
      int parameter = 0;
      statement.setObject(++parameter, job);
      statement.setInt(++parameter, afterSeq);
      for (String value : page.values) {
        statement.setString(++parameter, value);
      }
      statement.setInt(++parameter, limit + 1);
      try (ResultSet rows = statement.executeQuery()) {
        return page(rows, limit);
      }
    }
  }

  private static ItemPage page(ResultSet rows, int limit) throws SQLException {
    List<ItemRow> items = new ArrayList<>();
    OptionalInt after = OptionalInt.empty();
    while (rows.next()) {
      if (items.size() == limit) {
        return new ItemPage(items, OptionalInt.of(items.get(limit - 1).seq()));
      }
      after = rows.getBoolean("more") ? OptionalInt.of(rows.getInt("last")) : after;
      if (rows.getObject("seq") != null) {
        items.add(ItemQueries.row(rows));
      }
    }
    return new ItemPage(items, after);
  }
}
