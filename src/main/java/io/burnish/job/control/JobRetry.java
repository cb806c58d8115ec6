package io.burnish.job.control;

import io.burnish.database.Sql;
import io.burnish.job.directory.JobDirectories;
import io.burnish.job.stored.LockedJob;
import io.burnish.queue.control.FailedItems;
import io.burnish.queue.control.ItemControl;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reopens a job for failed items. In the transaction that has locked the job: items, job and
 * tracking change together, or not at all.
 */
@Singleton
class JobRetry {

  private static final String ADD =
      "INSERT INTO job_retry (job_id, number, rules_off) VALUES (?, ?, ?)";

  /** A deadline that has passed would end the job again at once. */
  private static final String REOPEN =
      """
      UPDATE job SET
        state = CASE WHEN state = 'paused' THEN state WHEN started_at IS NULL THEN 'queued' ELSE 'running' END,
        outcome = NULL, finished_at = NULL, end_requested = NULL, end_requested_at = NULL,
        deadline = CASE WHEN deadline > clock_timestamp() THEN deadline END,
        retries = retries + 1, version = version + 1
      WHERE id = ?
      """;

  private final Sql sql;
  private final ItemControl items;
  private final TrackedRecords tracked;
  private final JobDirectories directories;

  JobRetry(Sql sql, ItemControl items, TrackedRecords tracked, JobDirectories directories) {
    this.sql = sql;
    this.items = items;
    this.tracked = tracked;
    this.directories = directories;
  }

  /**
   * Makes failed items ready, and forgets what tracking knows of their failures.
   *
   * @param code only items that failed with this code; null: any
   * @param file only items of the file with this ordinal; null: any
   * @param rulesOff names of rules that are off for these items from now on
   * @return how many; 0: nothing was changed
   */
  int reopen(LockedJob job, @Nullable String code, @Nullable Integer file, Set<String> rulesOff) {
    int number = job.retries() + 1;
    int count = items.retryFailed(new FailedItems(job.id(), number, code, file, rulesOff));
    if (count > 0) {
      tracked.forget(job, number);
      sql.run(connection -> store(connection, job.id(), number, rulesOff));
      directories.reopen(job.id());
    }
    return count;
  }

  private static int store(Connection connection, UUID job, int number, Set<String> rulesOff)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD);
        PreparedStatement reopen = connection.prepareStatement(REOPEN)) {
      add.setObject(1, job);
      add.setInt(2, number);
      add.setArray(3, connection.createArrayOf("text", rulesOff.toArray()));
      add.executeUpdate();
      reopen.setObject(1, job);
      return reopen.executeUpdate();
    }
  }
}
