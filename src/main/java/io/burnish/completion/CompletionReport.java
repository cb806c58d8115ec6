package io.burnish.completion;

import io.burnish.dedup.FailedContents;
import io.burnish.metrics.ItemMeters;
import io.burnish.metrics.ServiceMeters;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Completion;
import io.burnish.queue.item.JobProgress;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Reports a written batch: metrics, log, and what failed in which job. Thread-safe. */
@Singleton
class CompletionReport {

  private static final Logger LOG = Logger.getLogger(CompletionReport.class);

  private final ProgressLog progress;
  private final FailedContents failed;
  private final ItemMeters items;
  private final ServiceMeters commits;

  CompletionReport(
      ProgressLog progress, FailedContents failed, ItemMeters items, ServiceMeters commits) {
    this.progress = progress;
    this.failed = failed;
    this.items = items;
    this.commits = commits;
  }

  /** A transaction with so many outcomes was committed. */
  void committed(int outcomes, Duration duration) {
    commits.committed("outcomes", outcomes, duration);
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
    if (!isApplied(outcome, completion)) {
      items.stale();
      return;
    }
    boolean waits = outcome.decision() instanceof Parked;
    if (outcome.decision() instanceof Parked parked) {
      items.parked(parked.reason().word());
    } else if (outcome.decision() instanceof Failed givenUp) {
      items.failed(givenUp.code());
    } else {
      items.succeeded(outcome.judged().isEmpty());
    }
    outcome.judged().ifPresent(judged -> count(judged, waits));
  }

  private void count(Judged judged, boolean waits) {
    if (judged.accepted()) {
      items.accepted(judged.model());
    } else {
      items.rejected(judged.model(), codes(judged), waits);
    }
  }

  private static List<String> codes(Judged judged) {
    return judged.violations() == null
        ? List.of()
        : StreamSupport.stream(RecordJson.read(judged.violations()).spliterator(), false)
            .map(violation -> violation.path("code").asText())
            .toList();
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
