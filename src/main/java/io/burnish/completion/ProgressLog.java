package io.burnish.completion;

import io.burnish.dedup.JobSpecs;
import io.burnish.job.JobCounters;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobState;
import io.burnish.job.stored.JobLog;
import io.burnish.queue.item.JobProgress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs the progress of each job, every {@code burnish.worker.progress-every} records and at most
 * once a second, and its end. Thread-safe.
 */
@Singleton
class ProgressLog {

  private static final Logger LOG = Logger.getLogger(ProgressLog.class);

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

  /** Jobs whose last line is remembered; beyond them an old job's next line may come too soon. */
  private static final int KEPT = 1_000;

  private final int every;
  private final JobSpecs specs;
  private final JobCounters counters;
  private final LongSupplier nanoClock;

  /** When the last line of a job was, by the nano clock. */
  private final Map<UUID, Long> lines =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > KEPT;
        }
      };

  @Inject
  ProgressLog(CompletionConfig config, JobSpecs specs, JobCounters counters) {
    this(config.progressEvery(), specs, counters, System::nanoTime);
  }

  /**
   * @param every records between two lines; over 0
   */
  ProgressLog(int every, JobSpecs specs, JobCounters counters, LongSupplier nanoClock) {
    this.every = every;
    this.specs = specs;
    this.counters = counters;
    this.nanoClock = nanoClock;
  }

  /** A batch of outcomes changed a job's counters to these. */
  void log(JobProgress job) {
    if (job.finished()) {
      forget(job.jobId());
      JobLog.ended(
          job.jobId(),
          name(job),
          JobState.of(Objects.requireNonNullElse(job.endRequested(), "completed")).orElseThrow(),
          new Counts(job.total(), job.succeeded(), job.failed(), job.reused(), job.cancelled()),
          () -> counters.failureReasons(job.jobId()));
      // Each is a text of our own; it may be longer than a logged value.
      counters
          .warnings(job.jobId())
          .forEach(
              warning ->
                  JobLog.about(job.jobId(), () -> LOG.warn("Job " + job.jobId() + ": " + warning)));
    } else if (job.done() / every > job.doneBefore() / every && mayLog(job.jobId())) {
      JobLog.about(
          job.jobId(),
          () ->
              LOG.infof(
                  "%s: %d of %d records done, %d succeeded, %d failed",
                  JobLog.label(job.jobId(), name(job)),
                  job.done(),
                  job.total(),
                  job.succeeded(),
                  job.failed()));
    }
  }

  private synchronized boolean mayLog(UUID job) {
    long now = nanoClock.getAsLong();
    Long last = lines.get(job);
    if (last != null && now - last < BETWEEN_LINES.toNanos()) {
      return false;
    }
    lines.put(job, now);
    return true;
  }

  private synchronized void forget(UUID job) {
    lines.remove(job);
  }

  private Optional<String> name(JobProgress job) {
    return specs.of(job.jobId()).name();
  }
}
