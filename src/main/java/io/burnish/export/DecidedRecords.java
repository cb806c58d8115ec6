package io.burnish.export;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The decided records of a file of a job, in input order: as they were posted, with their result.
 * Reads one page at a time, as {@link RecordWriter} does. Thread-safe.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database is not
 * available.
 */
@Singleton
public class DecidedRecords {

  private static final int PAGE = 500;

  /** A page ends when it is full, or when its texts have 1,000,000 bytes: records may be large. */
  private static final String SQL =
      """
      SELECT seq, source, result, error_code FROM (
        SELECT i.seq, p.record AS source, r.record AS result, i.error_code,
               sum(octet_length(p.record) + COALESCE(octet_length(r.record), 0)) OVER (ORDER BY i.seq ROWS UNBOUNDED PRECEDING)
                 - octet_length(p.record) - COALESCE(octet_length(r.record), 0) AS before
        FROM item i JOIN item_payload p ON p.item_id = i.id
          LEFT JOIN item_result r ON r.item_id = i.id AND i.state = 'succeeded'
        WHERE i.job_id = ? AND i.seq > ? AND i.seq < ? AND i.state IN ('succeeded', 'failed')
        ORDER BY i.seq LIMIT ?) page
      WHERE before < 1000000 ORDER BY seq
      """;

  private final Sql sql;

  DecidedRecords(Sql sql) {
    this.sql = sql;
  }

  /**
   * A decided record.
   *
   * @param source as it was posted, as JSON
   * @param result the enhanced record, as JSON; null: it failed
   * @param errorCode why it failed; null: it succeeded
   */
  public record Decided(String source, @Nullable String result, @Nullable String errorCode) {}

  /** Takes a record. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes the next record. */
    void visit(Decided record) throws IOException;
  }

  /**
   * Reads all decided records of a file.
   *
   * @param file its ordinal
   * @throws IOException only that of the visitor
   */
  public void each(UUID job, int file, Visitor visitor) throws IOException {
    int[] seqs = sql.run(connection -> ExportQueries.seqs(connection, job, file));
    int after = seqs[0] - 1;
    for (List<Row> page = page(job, after, seqs[1]);
        !page.isEmpty();
        page = page(job, after, seqs[1])) {
      for (Row row : page) {
        visitor.visit(row.record());
        after = row.seq();
      }
    }
  }

  private record Row(int seq, Decided record) {}

  private List<Row> page(UUID job, int after, int end) {
    return sql.run(connection -> page(connection, job, after, end));
  }

  private static List<Row> page(Connection connection, UUID job, int after, int end)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setObject(1, job);
      statement.setInt(2, after);
      statement.setInt(3, end);
      statement.setInt(4, PAGE);
      try (ResultSet rows = statement.executeQuery()) {
        List<Row> page = new ArrayList<>();
        while (rows.next()) {
          page.add(
              new Row(
                  rows.getInt("seq"),
                  new Decided(
                      rows.getString("source"),
                      rows.getString("result"),
                      rows.getString("error_code"))));
        }
        return page;
      }
    }
  }
}
