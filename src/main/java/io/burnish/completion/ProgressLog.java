package io.burnish.completion;

import io.burnish.dedup.JobSpecs;
import io.burnish.job.Counts;
import io.burnish.job.JobLog;
import io.burnish.job.Jobs;
import io.burnish.queue.JobProgress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Says in the log how far each job is, every few records and at most once a second, and how it
 * ended. Thread-safe.
 */
@Singleton
class ProgressLog {

  private static final Logger LOG = Logger.getLogger(ProgressLog.class);

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

  /** Jobs of which is remembered when their last line was; of more, an old one may be too soon. */
  private static final int KEPT = 1_000;

  private final int every;
  private final JobSpecs terms;
  private final Jobs jobs;
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
  ProgressLog(CompletionConfig config, JobSpecs terms, Jobs jobs) {
    this(config.progressEvery(), terms, jobs, System::nanoTime);
  }

  /**
   * @param every so many records a line; over 0
   */
  ProgressLog(int every, JobSpecs terms, Jobs jobs, LongSupplier nanoClock) {
    this.every = every;
    this.terms = terms;
    this.jobs = jobs;
    this.nanoClock = nanoClock;
  }

  /** A batch of outcomes left a job's counters like this. */
  void log(JobProgress job) {
    if (job.finished()) {
      forget(job.jobId());
      JobLog.ended(
          job.jobId(),
          name(job),
          new Counts(job.total(), job.succeeded(), job.failed(), job.reused(), job.cancelled()));
      // Each is a text of our own, and longer than a value may be.
      jobs.warnings(job.jobId())
          .forEach(warning -> LOG.warn("Job " + job.jobId() + ": " + warning));
    } else if (job.done() / every > job.doneBefore() / every && mayLog(job.jobId())) {
      LOG.infof(
          "%s: %d of %d records done, %d succeeded, %d failed",
          JobLog.label(job.jobId(), name(job)),
          job.done(),
          job.total(),
          job.succeeded(),
          job.failed());
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
    return terms.of(job.jobId()).name();
  }
}
