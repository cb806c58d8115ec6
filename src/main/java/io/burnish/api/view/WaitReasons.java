package io.burnish.api.view;

import io.burnish.api.view.JobView.WaitingFor;
import io.burnish.intake.Intake;
import io.burnish.job.Jobs;
import io.burnish.job.spec.JobMode;
import io.burnish.job.spec.UnreadableJobException;
import io.burnish.job.state.JobPause;
import io.burnish.job.state.JobState;
import io.burnish.job.stored.Job;
import io.burnish.models.Admission;
import io.burnish.queue.ItemStates;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Finds what a job waits for that has no item running. */
@Singleton
public class WaitReasons {

  /** A worker checks this often whether it can read a job that it could not read. */
  private static final Duration RECHECK = Duration.ofMinutes(1);

  private final Jobs jobs;
  private final ItemStates items;
  private final Admission admission;
  private final Intake intake;
  private final Clock clock;

  WaitReasons(Jobs jobs, ItemStates items, Admission admission, Intake intake, Clock clock) {
    this.jobs = jobs;
    this.items = items;
    this.admission = admission;
    this.intake = intake;
    this.clock = clock;
  }

  /** What an unfinished job waits for; empty when nothing of it waits. */
  Optional<WaitingFor> of(Job job) {
    return job.state() == JobState.PAUSED
        ? Optional.of(paused(job))
        : ofReadyItems(job)
            .or(
                () ->
                    items
                        .nextWait(job.id())
                        .map(wait -> new WaitingFor(wait.reason(), wait.until(), null)));
  }

  /** Why a paused job waits: {@code budget} or {@code paused}. */
  public static String pauseReason(Job job) {
    return job.pause().filter(JobPause::isByBudget).isPresent() ? "budget" : "paused";
  }

  private static WaitingFor paused(Job job) {
    String reason = pauseReason(job);
    String detail =
        reason.equals("budget")
            ? "its budget does not allow the next call; raise it, and the job goes on: PATCH /jobs/%s"
            : "POST /jobs/%s/resume goes on with it";
    return new WaitingFor(reason, null, detail.formatted(job.id()));
  }

  /** What the ready items of an unfinished job wait for; empty when they are only in turn. */
  public Optional<WaitingFor> ofReadyItems(Job job) {
    return (job.isHeld() ? Optional.of(forDirectory(job)) : forAnotherVersion(job))
        .or(() -> forModels(job));
  }

  private WaitingFor forDirectory(Job job) {
    return new WaitingFor(
        "directory",
        null,
        jobs.ahead(job.id())
            .map(
                ahead ->
                    "job %s is on the same data directory, or on one above or below it, and goes first: its results are written back before this job starts"
                        .formatted(ahead))
            .orElse("it starts within seconds"));
  }

  /** Not stored with the items: a replica that can read the job claims them at once. */
  private Optional<WaitingFor> forAnotherVersion(Job job) {
    Optional<String> why =
        intake.hasProfile(job.spec().profile())
            ? jobs.whyUnreadable(job)
            : Optional.ofNullable(
                UnreadableJobException.ofProfile(job.spec().profile()).getMessage());
    return why.map(sentence -> new WaitingFor("outage", clock.instant().plus(RECHECK), sentence));
  }

  /** Not stored with the items that wait for quota, because they are many. */
  private Optional<WaitingFor> forModels(Job job) {
    return job.spec().mode() == JobMode.STORE ? Optional.empty() : forModels();
  }

  /** Why no model can be called now; empty when one can. */
  public Optional<WaitingFor> forModels() {
    return admission
        .waiting()
        .map(wait -> new WaitingFor(wait.outage() ? "outage" : "quota", wait.until(), wait.what()));
  }
}
