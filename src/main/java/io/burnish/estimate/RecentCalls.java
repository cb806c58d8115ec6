package io.burnish.estimate;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;

/** Reads what the latest answered calls were like, from the ledger. Thread-safe. */
@Singleton
class RecentCalls {

  /**
   * The index of raw answers gives the latest calls; those of the last days have one. Cached tokens
   * are those of the later half: the first calls to a model find nothing in the cache.
   */
  private static final String LATEST =
      """
      SELECT c.model, count(*) AS calls, sum(n.records) AS records, sum(c.completion_tokens) AS completion_tokens,
             count(*) * avg(c.cached_tokens) FILTER (WHERE c.nth * 2 <= c.of_model + 1) AS cached_tokens,
             sum(c.latency_ms) AS latency_ms,
             sum(n.judged) AS judged, sum(n.refused) AS refused
      FROM (
        SELECT l.*, row_number() OVER (PARTITION BY model ORDER BY at DESC) AS nth, count(*) OVER (PARTITION BY model) AS of_model
        FROM (SELECT * FROM provider_call WHERE raw_answer IS NOT NULL ORDER BY at DESC LIMIT 300) l) c
      CROSS JOIN LATERAL (
        SELECT count(*) AS records, count(*) FILTER (WHERE outcome IN ('accepted', 'refused')) AS judged,
               count(*) FILTER (WHERE outcome = 'refused') AS refused
        FROM attempt WHERE call_id = c.id) n
      WHERE n.records > 0 AND c.completion_tokens > 0 GROUP BY c.model
      """;

  private final Sql sql;

  RecentCalls(Sql sql) {
    this.sql = sql;
  }

  /**
   * The latest calls of a model.
   *
   * @param calls answered; over 0
   * @param records in all of them; over 0
   * @param completionTokens of all of them
   * @param cachedTokens of their prompts, if all were cached as the later half was
   * @param latencyMillis of all of them
   * @param judged answers about a record that were judged
   * @param refused part of judged
   */
  record Recent(
      long calls,
      long records,
      long completionTokens,
      long cachedTokens,
      long latencyMillis,
      long judged,
      long refused) {}

  /** The latest calls by model; a model without any is not in the map. */
  Map<String, Recent> byModel() {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LATEST);
              ResultSet rows = statement.executeQuery()) {
            Map<String, Recent> recent = new HashMap<>();
            while (rows.next()) {
              recent.put(
                  rows.getString("model"),
                  new Recent(
                      rows.getLong("calls"),
                      rows.getLong("records"),
                      rows.getLong("completion_tokens"),
                      rows.getLong("cached_tokens"),
                      rows.getLong("latency_ms"),
                      rows.getLong("judged"),
                      rows.getLong("refused")));
            }
            return recent;
          }
        });
  }
}
