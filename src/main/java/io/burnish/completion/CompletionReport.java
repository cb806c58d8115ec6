package io.burnish.completion;

import io.burnish.dedup.FailedContents;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue.Completion;
import io.burnish.queue.JobProgress;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Failed;
import io.burnish.queue.Outcome.Parked;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Reports a written batch: metrics, log, and what failed in which job. Thread-safe. */
@Singleton
class CompletionReport {

  private static final Logger LOG = Logger.getLogger(CompletionReport.class);

  private final ProgressLog progress;
  private final FailedContents failed;
  private final MeterRegistry meters;

  CompletionReport(ProgressLog progress, FailedContents failed, MeterRegistry meters) {
    this.progress = progress;
    this.failed = failed;
    this.meters = meters;
  }

  /** The batch is committed. An error here is logged: the batch must not be written again. */
  void written(List<Outcome> outcomes, Completion completion) {
    outcomes.forEach(outcome -> count(outcome, completion));
    if (LOG.isDebugEnabled()) {
      outcomes.forEach(outcome -> log(outcome, completion));
    }
    outcomes.stream().filter(outcome -> isApplied(outcome, completion)).forEach(failed::add);
    completion.jobs().values().stream()
        .filter(JobProgress::finished)
        .forEach(job -> failed.forget(job.jobId()));
    try {
      completion.jobs().values().forEach(progress::log);
    } catch (RuntimeException e) {
      LOG.warnf("Job progress could not be logged: %s", e.getMessage());
    }
  }

  private static boolean isApplied(Outcome outcome, Completion completion) {
    return completion.applied().contains(outcome.item().id());
  }

  private void count(Outcome outcome, Completion completion) {
    String state = isApplied(outcome, completion) ? outcome.decision().state().word() : "stale";
    meters.counter("burnish.items", "state", state).increment();
  }

  private static void log(Outcome outcome, Completion completion) {
    ClaimedItem item = outcome.item();
    if (!isApplied(outcome, completion)) {
      LOG.debugf(
          "Item %d of job %s: result dropped, claim lost to another worker",
          item.id(), item.jobId());
    } else if (outcome.decision() instanceof Parked parked) {
      LOG.debugf(
          "Item %d of job %s is parked for %s (%s)",
          item.id(), item.jobId(), parked.delay(), parked.reason().word());
    } else if (outcome.decision() instanceof Failed givenUp) {
      LOG.debugf("Item %d of job %s failed: %s", item.id(), item.jobId(), givenUp.code());
    } else {
      LOG.debugf("Item %d of job %s succeeded", item.id(), item.jobId());
    }
  }
}
