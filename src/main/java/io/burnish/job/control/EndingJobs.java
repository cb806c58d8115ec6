package io.burnish.job.control;

import io.burnish.database.Sql;
import io.burnish.job.stored.JobLog;
import io.burnish.job.stored.JobRepository;
import io.burnish.queue.ItemStates;
import io.burnish.queue.control.ItemControl;
import io.burnish.queue.control.ItemControl.Cancelled;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Proceeds with jobs that are to end early or are paused, in short transactions: after a crash, the
 * next call on any replica goes on. Thread-safe, and safe across replicas.
 */
@Singleton
class EndingJobs {

  /** Items per transaction: some tenths of a second, during which completions of the job wait. */
  private static final int CHUNK = 5_000;

  /** A job of more items than are cancelled in this time is continued by {@link JobMaintenance}. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

  /** Jobs in one turn at most. */
  private static final int JOBS = 200;

  private static final String EXPIRE =
      """
      UPDATE job SET end_requested = 'expired', end_requested_at = clock_timestamp(), version = version + 1
      WHERE id IN (
        SELECT id FROM job
        WHERE deadline IS NOT NULL AND finished_at IS NULL AND end_requested IS NULL AND deadline <= clock_timestamp()
        ORDER BY deadline LIMIT 200 FOR NO KEY UPDATE SKIP LOCKED)
      """;

  private static final String ENDING =
      """
      SELECT id FROM job WHERE end_requested IS NOT NULL AND finished_at IS NULL
      ORDER BY end_requested_at LIMIT ?
      """;

  private static final String PAUSED = "SELECT id FROM job WHERE state = 'paused' LIMIT ?";

  private final Sql sql;
  private final ItemControl items;
  private final JobRepository jobs;
  private final ItemStates states;

  EndingJobs(Sql sql, ItemControl items, JobRepository jobs, ItemStates states) {
    this.sql = sql;
    this.items = items;
    this.jobs = jobs;
    this.states = states;
  }

  /** Requests the end of jobs whose deadline has passed. */
  void expire() {
    sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            return statement.executeUpdate();
          }
        });
  }

  /** Proceeds with every job that is to end early. */
  void proceedAll() {
    ids(ENDING).forEach(this::proceed);
  }

  /** Lets other jobs ask about what paused jobs share with them. */
  void releaseSingleFlightOfPaused() {
    ids(PAUSED).forEach(this::releaseSingleFlightOf);
  }

  /** Cancels the open items of a job whose end was requested; no effect on another job. */
  void proceed(UUID job) {
    long start = System.nanoTime();
    Cancelled chunk;
    do {
      chunk = items.cancelOpen(job, CHUNK);
      items.wake(chunk.fingerprints());
      if (chunk.endedJob()) {
        log(job);
      }
    } while (chunk.items() >= CHUNK && System.nanoTime() - start < LONGEST_CALL.toNanos());
  }

  void releaseSingleFlightOf(UUID job) {
    items.wake(items.releaseSingleFlightOf(job));
  }

  private void log(UUID id) {
    sql.snapshot(() -> jobs.findByIdOptional(id))
        .ifPresent(
            job ->
                JobLog.ended(
                    id, job.name(), job.state(), job.counts(), () -> states.failureReasons(id)));
  }

  private List<UUID> ids(String query) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, JOBS);
            try (ResultSet rows = statement.executeQuery()) {
              List<UUID> ids = new ArrayList<>();
              while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
              }
              return ids;
            }
          }
        });
  }
}
