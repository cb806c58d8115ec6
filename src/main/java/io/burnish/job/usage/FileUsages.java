package io.burnish.job.usage;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what the files of a job used. Thread-safe. */
@Singleton
public class FileUsages {

  /** Walks the index from the last file to the first, as the query of {@code Jobs.modelUsage}. */
  private static final String OF_JOB =
      """
      WITH RECURSIVE u AS (
        (SELECT * FROM job_file_usage WHERE job_id = ?
         ORDER BY job_id DESC, ordinal DESC, model DESC, version DESC LIMIT 1)
        UNION ALL
        SELECT n.* FROM u CROSS JOIN LATERAL (
          SELECT * FROM job_file_usage o
          WHERE o.job_id = u.job_id AND (o.job_id, o.ordinal, o.model) < (u.job_id, u.ordinal, u.model)
          ORDER BY o.job_id DESC, o.ordinal DESC, o.model DESC, o.version DESC LIMIT 1) n)
      SELECT ordinal, model, prompt_tokens, completion_tokens, cached_tokens FROM u ORDER BY ordinal, model
      """;

  private final Sql sql;

  FileUsages(Sql sql) {
    this.sql = sql;
  }

  /**
   * The tokens of one model for the records of one file.
   *
   * @param ordinal place of the file in the job
   * @param model its name
   * @param promptTokens tokens of prompts, cached ones included
   * @param completionTokens tokens of answers
   * @param cachedTokens part of promptTokens: read from the provider's cache
   */
  public record FileUsage(
      int ordinal, String model, long promptTokens, long completionTokens, long cachedTokens) {}

  /** The usage of each file and model of a job, by file; none for a job without files. */
  public List<FileUsage> of(UUID job) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OF_JOB)) {
            statement.setObject(1, job);
            try (ResultSet rows = statement.executeQuery()) {
              List<FileUsage> usages = new ArrayList<>();
              while (rows.next()) {
                usages.add(
                    new FileUsage(
                        rows.getInt("ordinal"),
                        rows.getString("model"),
                        rows.getLong("prompt_tokens"),
                        rows.getLong("completion_tokens"),
                        rows.getLong("cached_tokens")));
              }
              return usages;
            }
          }
        });
  }
}
