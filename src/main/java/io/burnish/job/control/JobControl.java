package io.burnish.job.control;

import io.burnish.job.state.JobRunnable;
import io.burnish.job.state.JobState;
import io.burnish.job.state.JobStateException;
import io.burnish.job.stored.JobLog;
import io.burnish.job.stored.LockedJob;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a job can ask for: cancel, pause, resume, retry, delete. Each is idempotent,
 * and holds for all replicas as soon as the call returns: claims read the state of the job. Calls
 * that are in flight end as they end, and their answers are kept. Thread-safe.
 *
 * <p>All methods return false when there is no such job, and throw {@link JobStateException} when
 * its state does not allow the request.
 */
@ApplicationScoped
public class JobControl {

  private final JobStates states;
  private final EndingJobs ending;
  private final TrackedRecords tracked;
  private final JobRetry retry;
  private final Event<JobRunnable> runnable;

  JobControl(
      JobStates states,
      EndingJobs ending,
      TrackedRecords tracked,
      JobRetry retry,
      Event<JobRunnable> runnable) {
    this.states = states;
    this.ending = ending;
    this.tracked = tracked;
    this.retry = retry;
    this.runnable = runnable;
  }

  /**
   * Cancels a job. Its ready and waiting items are cancelled before this returns, as far as that
   * takes at most some seconds; the rest follows at once. The job ends when its running items have.
   *
   * @throws JobStateException when it is completed or expired
   */
  public boolean cancel(UUID id) {
    boolean found =
        states.locked(
            id,
            job -> {
              if (job.state() == JobState.COMPLETED || job.state() == JobState.EXPIRED) {
                throw job.refusing("cancelled", "Its results stay readable");
              }
              if (!job.state().isFinal() && job.endRequested() == null) {
                states.cancel(job);
                JobLog.changed(job, "is being cancelled: no further record is sent");
              }
            });
    if (found) {
      ending.proceed(id);
    }
    return found;
  }

  /**
   * Pauses a job: none of its items is claimed until it is resumed.
   *
   * @param by name of the key or of the token of the caller
   * @throws JobStateException when it is finished, or about to end
   */
  public boolean pause(UUID id, String by) {
    boolean found =
        states.locked(
            id,
            job -> {
              job.requireOpen("paused");
              if (job.state() != JobState.PAUSED) {
                states.pause(job, by);
                JobLog.changed(job, "is paused: no further record is sent until it is resumed");
              }
            });
    if (found) {
      ending.releaseSingleFlightOf(id);
    }
    return found;
  }

  /**
   * Resumes a paused job.
   *
   * @throws JobStateException when it is finished, or about to end
   */
  public boolean resume(UUID id) {
    return states.locked(
        id,
        job -> {
          job.requireOpen("resumed");
          if (job.state() == JobState.PAUSED) {
            goOn(job);
          }
        });
  }

  private void goOn(LockedJob job) {
    states.resume(job);
    runnable.fire(new JobRunnable(job.id()));
    JobLog.changed(job, "is resumed");
  }

  /**
   * Reopens a job for its failed items, which are sent again as if they had never been. What
   * tracking knows of their failures is forgotten. No effect when no failed item matches.
   *
   * @param code only items that failed with this code; null: any
   * @param file only items of the file with this ordinal; null: any
   * @param rulesOff names of rules that are off for these items from now on
   * @throws JobStateException when it is about to end
   */
  public boolean retry(
      UUID id, @Nullable String code, @Nullable Integer file, Set<String> rulesOff) {
    return states.locked(
        id,
        job -> {
          if (job.isEnding()) {
            throw job.refusing("retried", "Retry it once it has ended");
          }
          int count = retry.reopen(job, code, file, rulesOff);
          if (count > 0) {
            runnable.fire(new JobRunnable(id));
            JobLog.changed(job, "is retried: %d failed records are sent again".formatted(count));
          }
        });
  }

  /**
   * Deletes a finished job. Readers do not see it from now on; retention deletes its rows.
   *
   * @param withTracking whether to delete what is known of its records too
   * @throws JobStateException when it is not finished
   */
  public boolean delete(UUID id, boolean withTracking) {
    return states.locked(
        id,
        job -> {
          if (!job.state().isFinal()) {
            throw job.refusing("deleted", "Cancel it first: POST /jobs/%s/cancel".formatted(id));
          }
          if (withTracking) {
            tracked.forget(job, null);
          }
          states.remove(job);
          JobLog.changed(job, withTracking ? "is deleted, with its tracking" : "is deleted");
        });
  }

  /**
   * Changes a job. If it was paused by its budget and the budget changes, it goes on.
   *
   * @throws JobStateException when more than the name of a finished job is to change
   */
  public boolean change(UUID id, JobChanges changes) {
    return states.locked(
        id,
        job -> {
          if (job.state().isFinal() && !changes.concernOnlyName()) {
            throw job.refusing("changed", "Only its name can change now");
          }
          states.change(job, changes);
          if (changes.concernBudget() && job.isPausedByBudget()) {
            goOn(job);
          }
        });
  }
}
