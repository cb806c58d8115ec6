package io.burnish.ledger;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The tokens of calls to one model about the records of one file.
 *
 * @param jobId the job
 * @param ordinal place of the file in the job
 * @param model the model that was called
 * @param promptTokens prompt tokens, cached ones included
 * @param completionTokens completion tokens
 * @param cachedTokens prompt tokens that came from the provider's cache
 */
record FileUsage(
    UUID jobId,
    int ordinal,
    String model,
    long promptTokens,
    long completionTokens,
    long cachedTokens) {

  private static final String ADD =
      """
      WITH d AS MATERIALIZED (
        SELECT d.*, n.place
        FROM unnest(?::uuid[], ?::int[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
          AS d(job_id, ordinal, model, prompt_tokens, completion_tokens, cached_tokens)
        LEFT JOIN LATERAL (
          SELECT m.ctid AS place FROM job_file_usage m
          WHERE m.job_id = d.job_id AND m.ordinal = d.ordinal AND m.model = d.model
          ORDER BY m.job_id DESC, m.ordinal DESC, m.model DESC, m.version DESC LIMIT 1) n ON true),
      added AS (
        UPDATE job_file_usage m SET version = m.version + 1,
          prompt_tokens = m.prompt_tokens + d.prompt_tokens,
          completion_tokens = m.completion_tokens + d.completion_tokens,
          cached_tokens = m.cached_tokens + d.cached_tokens
        FROM d WHERE m.ctid = d.place)
      INSERT INTO job_file_usage (job_id, ordinal, model, version, prompt_tokens, completion_tokens, cached_tokens)
      SELECT job_id, ordinal, model, 1, prompt_tokens, completion_tokens, cached_tokens FROM d WHERE place IS NULL
      """;

  /** The usage in a row that has the ordinal of a file. */
  static FileUsage read(ResultSet row) throws SQLException {
    return new FileUsage(
        row.getObject("job_id", UUID.class),
        row.getInt("file_ordinal"),
        row.getString("model"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"),
        row.getLong("cached_tokens"));
  }

  /**
   * Adds to the counters.
   *
   * @param usages at most one of each file and model; an earlier statement of the transaction must
   *     have locked the usage of the jobs
   */
  static void add(Connection connection, List<FileUsage> usages) throws SQLException {
    if (usages.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      Columns<FileUsage> columns = new Columns<>(connection, usages);
      statement.setArray(1, columns.of("uuid", FileUsage::jobId));
      statement.setArray(2, columns.of("int4", FileUsage::ordinal));
      statement.setArray(3, columns.of("text", FileUsage::model));
      statement.setArray(4, columns.of("int8", FileUsage::promptTokens));
      statement.setArray(5, columns.of("int8", FileUsage::completionTokens));
      statement.setArray(6, columns.of("int8", FileUsage::cachedTokens));
      statement.executeUpdate();
    }
  }
}
