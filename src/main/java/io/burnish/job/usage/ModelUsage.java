package io.burnish.job.usage;

/**
 * Calls, verdicts and tokens of one model in a job.
 *
 * @param model its name
 * @param calls HTTP calls, answered or not
 * @param succeeded records that its answers enhanced
 * @param refused its answers that were refused
 * @param promptTokens tokens of prompts, cached ones included
 * @param completionTokens tokens of answers
 * @param cachedTokens part of promptTokens: read from the provider's cache
 */
public record ModelUsage(
    String model,
    long calls,
    long succeeded,
    long refused,
    long promptTokens,
    long completionTokens,
    long cachedTokens) {

  /**
   * The recursive CTE {@code u}: the row of {@code job_usage} of each model of the job that is its
   * parameter. Walks the index from the last model to the first and reads the newest row of each,
   * so that dead rows are skipped.
   */
  public static final String NEWEST_ROWS =
      """
      u AS (
        (SELECT * FROM job_usage WHERE job_id = ? ORDER BY job_id DESC, model DESC, version DESC LIMIT 1)
        UNION ALL
        SELECT n.* FROM u CROSS JOIN LATERAL (
          SELECT * FROM job_usage o WHERE o.job_id = u.job_id AND o.model < u.model
          ORDER BY o.job_id DESC, o.model DESC, o.version DESC LIMIT 1) n)
      """;
}
