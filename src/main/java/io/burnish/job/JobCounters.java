package io.burnish.job;

import io.burnish.database.Sql;
import io.burnish.job.stored.JobWarnings;
import io.burnish.job.usage.ModelUsage;
import io.burnish.job.usage.ModelUsages;
import io.burnish.queue.ItemStates;
import io.burnish.queue.item.CountedItems;
import io.burnish.queue.item.FailureReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** The start of a job, and what is counted of it since. Thread-safe. */
@ApplicationScoped
public class JobCounters {

  private static final String MARK_STARTED =
      """
      UPDATE job SET state = 'running', started_at = clock_timestamp(), version = version + 1
      WHERE id = ? AND state = 'queued'
      """;

  private final ItemStates items;
  private final Sql sql;

  JobCounters(ItemStates items, Sql sql) {
    this.items = items;
    this.sql = sql;
  }

  /** Makes a queued job running. No effect on a job in another state. */
  public void markStarted(UUID id) {
    sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(MARK_STARTED)) {
            statement.setObject(1, id);
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Reads what is counted of a job, and more in the same snapshot.
   *
   * @param rest reads it, with the counted items and the calls, verdicts and tokens by model, most
   *     calls first
   */
  public <T> T snapshot(UUID id, BiFunction<CountedItems, List<ModelUsage>, T> rest) {
    return sql.snapshot(ItemStates.counting(id), ModelUsages.of(id), rest);
  }

  /** Calls, verdicts and tokens by model of several jobs; see {@link ModelUsages#ofEach}. */
  public Map<UUID, List<ModelUsage>> usage(Collection<UUID> jobs) {
    return jobs.isEmpty() ? Map.of() : sql.run(connection -> ModelUsages.ofEach(connection, jobs));
  }

  /** The kinds of failure of a job, most frequent first; see {@link ItemStates#failureReasons}. */
  public List<FailureReason> failureReasons(UUID id) {
    return items.failureReasons(id);
  }

  /** Warnings about a job; see {@link JobWarnings}. They grow while it runs. */
  public List<String> warnings(UUID id) {
    return JobWarnings.of(items.count(id));
  }
}
