package io.burnish.job.usage;

import io.burnish.database.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what a job used of each model. */
public final class ModelUsages {

  private static final String MODEL_USAGE =
      "WITH RECURSIVE "
          + ModelUsage.NEWEST_ROWS
          + """
      SELECT u.model, u.calls, COALESCE(m.succeeded, 0) AS succeeded, COALESCE(m.refused, 0) AS refused,
             u.prompt_tokens, u.completion_tokens, u.cached_tokens
      FROM u LEFT JOIN LATERAL (
        SELECT * FROM job_model o WHERE o.job_id = u.job_id AND o.model = u.model
        ORDER BY o.job_id DESC, o.model DESC, o.version DESC LIMIT 1) m ON true
      ORDER BY u.calls DESC, u.model
      """;

  private static final String OF_EACH =
      """
      SELECT j.id, l.* FROM unnest(?) AS j(id) CROSS JOIN LATERAL (%s) l
      """
          .formatted(MODEL_USAGE.replace("?", "j.id"));

  private ModelUsages() {}

  /** Calls, verdicts and tokens of a job by model, most calls first. */
  public static Query<List<ModelUsage>> of(UUID job) {
    return new Query<>(MODEL_USAGE, List.of(job), ModelUsages::read);
  }

  /** The same of several jobs; those without a call are not in the map. */
  public static Map<UUID, List<ModelUsage>> ofEach(Connection connection, Collection<UUID> jobs)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_EACH)) {
      statement.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      Map<UUID, List<ModelUsage>> usage = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          usage
              .computeIfAbsent(row.getObject("id", UUID.class), job -> new ArrayList<>())
              .add(usage(row));
        }
      }
      return usage;
    }
  }

  private static List<ModelUsage> read(ResultSet rows) throws SQLException {
    List<ModelUsage> usage = new ArrayList<>();
    while (rows.next()) {
      usage.add(usage(rows));
    }
    return usage;
  }

  private static ModelUsage usage(ResultSet row) throws SQLException {
    return new ModelUsage(
        row.getString("model"),
        row.getLong("calls"),
        row.getLong("succeeded"),
        row.getLong("refused"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"),
        row.getLong("cached_tokens"));
  }
}
