package io.burnish.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.Sql;
import io.burnish.database.TextArray;
import io.burnish.items.StoredViolation;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads results and failures one page at a time. Each page is a short statement, so that a slow
 * download holds no snapshot open. Thread-safe.
 *
 * <p>All methods throw {@link io.burnish.database.DatabaseException} when the database is not
 * available.
 */
@Singleton
class ExportQueries {

  /** Most attempts of an item that {@link #failures} reads. */
  static final int MOST_ATTEMPTS = 20;

  /** A page ends when it is full, or when its texts have 1,000,000 bytes: records may be large. */
  private static final String RESULTS =
      """
      SELECT seq, record, evidence FROM (
        SELECT i.seq, r.record, r.evidence,
               sum(octet_length(r.record)) OVER (ORDER BY i.seq ROWS UNBOUNDED PRECEDING)
                 - octet_length(r.record) AS before
        FROM item i JOIN item_result r ON r.item_id = i.id
        WHERE i.job_id = ? AND i.seq > ? AND i.seq < ? AND i.state = 'succeeded'
        ORDER BY i.seq LIMIT ?) page
      WHERE before < 1000000 ORDER BY seq
      """;

  /** Longest answer that is read, in characters; more than is stored, as a limit of the page. */
  private static final int LONGEST_ANSWER = 4_200;

  /**
   * Attempts are aggregated for the items of the page only, and their texts count towards its size.
   * A failed item has an accepted answer only if that answer says that there is nothing to enhance.
   */
  private static final String FAILURES =
      """
      SELECT seq, record, file, error_code, errors, model,
             (SELECT json_agg(json_build_object('n', t.n, 'model', t.model, 'answer', t.answer, 'errors', t.errors,
                                                'violations', t.violations) ORDER BY t.n)
              FROM (SELECT row_number() OVER (ORDER BY a.id) AS n, c.model, left(a.answer, %d) AS answer, a.errors,
                           a.violations
                    FROM attempt a JOIN provider_call c ON c.id = a.call_id
                    WHERE a.item_id = page.id AND a.outcome IN ('refused', 'accepted') ORDER BY n DESC LIMIT %d) t) AS attempts
      FROM (
        SELECT i.id, i.seq, p.record, f.errors, i.model, i.error_code,
               (SELECT o.name FROM job_file o WHERE o.job_id = i.job_id AND o.ordinal = i.file_ordinal) AS file,
               sum(octet_length(p.record) + t.bytes) OVER (ORDER BY i.seq ROWS UNBOUNDED PRECEDING)
                 - octet_length(p.record) - t.bytes AS before
        FROM item i JOIN item_payload p ON p.item_id = i.id JOIN item_failure f ON f.item_id = i.id,
        LATERAL (
          SELECT COALESCE(sum(COALESCE(octet_length(a.answer), 0) + COALESCE(pg_column_size(a.errors), 0)
                              + COALESCE(octet_length(a.violations), 0)), 0) AS bytes
          FROM attempt a WHERE a.item_id = i.id) t
        WHERE i.job_id = ? AND i.seq > ? AND i.seq < ? AND i.state = 'failed'
        ORDER BY i.seq LIMIT ?) page
      WHERE before < 1000000 ORDER BY seq
      """
          .formatted(LONGEST_ANSWER, MOST_ATTEMPTS);

  /** The records of a file have consecutive seqs, in the order of the files. */
  private static final String SEQS_OF_FILE =
      """
      SELECT COALESCE(sum(total) FILTER (WHERE ordinal < ?), 0) AS first, COALESCE(sum(total), 0) AS after_last
      FROM job_file WHERE job_id = ? AND ordinal <= ?
      """;

  private final Sql sql;

  ExportQueries(Sql sql) {
    this.sql = sql;
  }

  /**
   * Enhanced records after {@code afterSeq}, in input order: at most {@code limit}, fewer when they
   * are large, none only at the end. Of all files when {@code file} is null.
   */
  List<ResultRow> results(UUID job, @Nullable Integer file, int afterSeq, int limit) {
    return sql.run(c -> results(c, job, new Page(file, afterSeq, limit)));
  }

  /**
   * Failed records after {@code afterSeq}, in input order: at most {@code limit}, fewer when they
   * are large, none only at the end. Of all files when {@code file} is null.
   */
  List<FailureRow> failures(UUID job, @Nullable Integer file, int afterSeq, int limit) {
    return sql.run(c -> failures(c, job, new Page(file, afterSeq, limit)));
  }

  private static List<ResultRow> results(Connection connection, UUID job, Page page)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESULTS)) {
      bind(statement, job, page);
      try (ResultSet rows = statement.executeQuery()) {
        List<ResultRow> results = new ArrayList<>(page.limit());
        while (rows.next()) {
          results.add(
              new ResultRow(
                  rows.getInt("seq"),
                  rows.getString("record"),
                  Optional.ofNullable(rows.getString("evidence"))));
        }
        return results;
      }
    }
  }

  private static List<FailureRow> failures(Connection connection, UUID job, Page page)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FAILURES)) {
      bind(statement, job, page);
      try (ResultSet rows = statement.executeQuery()) {
        List<FailureRow> failures = new ArrayList<>(page.limit());
        while (rows.next()) {
          failures.add(
              new FailureRow(
                  rows.getInt("seq"),
                  rows.getString("record"),
                  Optional.ofNullable(rows.getString("file")),
                  rows.getString("error_code"),
                  TextArray.read(rows.getArray("errors")),
                  attempts(rows.getString("attempts")),
                  Optional.ofNullable(rows.getString("model"))));
        }
        return failures;
      }
    }
  }

  private static List<FailedAttempt> attempts(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    List<FailedAttempt> attempts = new ArrayList<>();
    for (JsonNode attempt : RecordJson.read(json)) {
      attempts.add(
          new FailedAttempt(
              attempt.path("n").asInt(),
              attempt.path("model").asText(),
              Optional.ofNullable(attempt.path("answer").textValue()),
              violations(attempt)));
    }
    return List.copyOf(attempts);
  }

  private static List<StoredViolation> violations(JsonNode attempt) {
    List<String> errors = new ArrayList<>();
    attempt.path("errors").forEach(error -> errors.add(error.asText()));
    return StoredViolation.list(errors, attempt.path("violations").textValue());
  }

  private static void bind(PreparedStatement statement, UUID job, Page page) throws SQLException {
    Integer file = page.file();
    int[] seqs =
        file == null
            ? new int[] {0, Integer.MAX_VALUE}
            : seqs(statement.getConnection(), job, file);
    statement.setObject(1, job);
    statement.setInt(2, Math.max(page.afterSeq(), seqs[0] - 1));
    statement.setInt(3, seqs[1]);
    statement.setInt(4, page.limit());
  }

  /** First seq of a file, and the seq after its last. The page's query reads only these. */
  static int[] seqs(Connection connection, UUID job, int file) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEQS_OF_FILE)) {
      statement.setInt(1, file);
      statement.setObject(2, job);
      statement.setInt(3, file);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new int[] {row.getInt("first"), row.getInt("after_last")};
      }
    }
  }

  /**
   * The items to read.
   *
   * @param file ordinal of the file; null for all
   * @param afterSeq last seq already read; -1 at first
   * @param limit most items; over 0
   */
  private record Page(@Nullable Integer file, int afterSeq, int limit) {}
}
