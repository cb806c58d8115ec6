package io.burnish.queue.completion;

import io.burnish.database.Columns;
import io.burnish.queue.item.DecidedAtIntake;
import io.burnish.queue.item.NewItem;
import io.burnish.queue.item.StreamedText;
import io.burnish.record.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Inserts items by arrays, a few thousand per statement (222k rows a second, against 14k one by
 * one), and counts those that are decided at intake.
 */
public final class Insertion {

  private static final int CHUNK = 5_000;

  /** A chunk is in memory several times, as texts and as bytes that are sent. */
  private static final int CHUNK_CHARACTERS = 2_000_000;

  private static final String SQL =
      """
      WITH d AS MATERIALIZED (
        SELECT * FROM unnest(?::int[], ?::int[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[])
               AS t(seq, file_ordinal, record, record_key, fingerprint, state, result, error_code, errors)),
      i AS (
        INSERT INTO item (job_id, seq, file_ordinal, record_key, fingerprint, state, error_code, record_bytes)
        SELECT ?, seq, file_ordinal, record_key, fingerprint, state, error_code, octet_length(record) FROM d ORDER BY seq
        RETURNING id, seq),
      r AS (
        INSERT INTO item_result (item_id, fence, record)
        SELECT i.id, 0, d.result FROM i JOIN d USING (seq) WHERE d.result IS NOT NULL),
      f AS (
        INSERT INTO item_failure (item_id, errors)
        SELECT i.id, d.errors::text[] FROM i JOIN d USING (seq) WHERE d.errors IS NOT NULL)
      INSERT INTO item_payload (item_id, record)
      SELECT i.id, d.record FROM i JOIN d USING (seq)
      """;

  /** Inserts one streamed record, which is never completely in memory. */
  private static final String STREAMED =
      """
      WITH i AS (
        INSERT INTO item (job_id, seq, file_ordinal, state, error_code) VALUES (?, ?, ?, ?, ?) RETURNING id),
      f AS (
        INSERT INTO item_failure (item_id, errors) SELECT id, ?::text[] FROM i)
      INSERT INTO item_payload (item_id, record) SELECT id, convert_from(?, 'UTF8') FROM i
      """;

  private Insertion() {}

  /** Inserts the items of a job; how many. */
  public static int insert(Connection connection, UUID jobId, Iterable<NewItem> items)
      throws SQLException {
    int inserted = 0;
    DecidedAtIntake decided = new DecidedAtIntake();
    List<NewItem> chunk = new ArrayList<>();
    long characters = 0;
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      for (NewItem item : items) {
        decided.count(item);
        if (item.streamed() != null) {
          inserted += insert(connection, jobId, item, item.streamed());
          continue;
        }
        chunk.add(item);
        characters += item.record().length();
        if (chunk.size() == CHUNK || characters >= CHUNK_CHARACTERS) {
          inserted += insert(connection, statement, jobId, chunk);
          chunk.clear();
          characters = 0;
        }
      }
      if (!chunk.isEmpty()) {
        inserted += insert(connection, statement, jobId, chunk);
      }
      decided.write(connection, jobId);
      return inserted;
    }
  }

  private static int insert(
      Connection connection, PreparedStatement statement, UUID jobId, List<NewItem> chunk)
      throws SQLException {
    Columns<NewItem> columns = new Columns<>(connection, chunk);
    statement.setArray(1, columns.of("int4", NewItem::seq));
    statement.setArray(2, columns.of("int4", NewItem::file));
    statement.setArray(3, columns.of("text", NewItem::record));
    statement.setArray(4, columns.texts(item -> item.key()));
    statement.setArray(5, columns.bytes(item -> bytes(item.fingerprint())));
    statement.setArray(6, columns.of("text", item -> item.state().word()));
    statement.setArray(7, columns.of("text", NewItem::result));
    statement.setArray(8, columns.of("text", NewItem::errorCode));
    statement.setArray(9, columns.lists(item -> item.errors()));
    statement.setObject(10, jobId);
    return statement.executeUpdate();
  }

  private static int insert(Connection connection, UUID jobId, NewItem item, StreamedText record)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STREAMED)) {
      statement.setObject(1, jobId);
      statement.setInt(2, item.seq());
      statement.setObject(3, item.file(), Types.INTEGER);
      statement.setString(4, item.state().word());
      statement.setString(5, item.errorCode());
      statement.setArray(6, connection.createArrayOf("text", item.errors().toArray()));
      statement.setBinaryStream(7, record.content().get(), record.size());
      return statement.executeUpdate();
    }
  }

  static byte @Nullable [] bytes(@Nullable Fingerprint fingerprint) {
    return fingerprint == null ? null : fingerprint.bytes();
  }
}
