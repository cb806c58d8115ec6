package io.burnish.ledger;

import io.burnish.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The cost of one job's calls to one model.
 *
 * @param jobId the job
 * @param model the model that was called
 * @param calls HTTP calls, answered or not
 * @param promptTokens prompt tokens, cached ones included
 * @param completionTokens completion tokens
 * @param cachedTokens prompt tokens that came from the provider's cache
 */
record JobUsage(
    UUID jobId,
    String model,
    long calls,
    long promptTokens,
    long completionTokens,
    long cachedTokens) {

  /** The newest row of a job and a model is the last of its index; see CompletionStatement. */
  private static final String ADD =
      """
      WITH d AS MATERIALIZED (
        SELECT d.*, n.place
        FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
          AS d(job_id, model, calls, prompt_tokens, completion_tokens, cached_tokens)
        LEFT JOIN LATERAL (
          SELECT m.ctid AS place FROM job_usage m WHERE m.job_id = d.job_id AND m.model = d.model
          ORDER BY m.job_id DESC, m.model DESC, m.version DESC LIMIT 1) n ON true),
      added AS (
        UPDATE job_usage m SET version = m.version + 1, calls = m.calls + d.calls,
          prompt_tokens = m.prompt_tokens + d.prompt_tokens,
          completion_tokens = m.completion_tokens + d.completion_tokens,
          cached_tokens = m.cached_tokens + d.cached_tokens
        FROM d WHERE m.ctid = d.place)
      INSERT INTO job_usage (job_id, model, version, calls, prompt_tokens, completion_tokens, cached_tokens)
      SELECT job_id, model, 1, calls, prompt_tokens, completion_tokens, cached_tokens FROM d WHERE place IS NULL
      """;

  /** The usage in a row that has no ordinal of a file. */
  static JobUsage read(ResultSet row) throws SQLException {
    return new JobUsage(
        row.getObject("job_id", UUID.class),
        row.getString("model"),
        row.getLong("calls"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"),
        row.getLong("cached_tokens"));
  }

  /**
   * Adds to the counters.
   *
   * @param usages at most one of each job and model; an earlier statement of the transaction must
   *     have locked the usage of the jobs
   */
  static void add(Connection connection, List<JobUsage> usages) throws SQLException {
    if (usages.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      Columns<JobUsage> columns = new Columns<>(connection, usages);
      statement.setArray(1, columns.of("uuid", JobUsage::jobId));
      statement.setArray(2, columns.of("text", JobUsage::model));
      statement.setArray(3, columns.of("int8", JobUsage::calls));
      statement.setArray(4, columns.of("int8", JobUsage::promptTokens));
      statement.setArray(5, columns.of("int8", JobUsage::completionTokens));
      statement.setArray(6, columns.of("int8", JobUsage::cachedTokens));
      statement.executeUpdate();
    }
  }
}
