package io.burnish.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.view.JobLookup;
import io.burnish.budget.Budgets;
import io.burnish.job.Jobs;
import io.burnish.job.control.JobControl;
import io.burnish.job.state.JobFilter;
import io.burnish.job.state.JobStateException;
import io.burnish.job.stored.Job;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Does commands that concern several jobs, or need more than the job. */
@Singleton
public class JobCommands {

  private static final int PAGE = 500;

  /** Jobs in one action at most, the newest. */
  private static final int MOST_JOBS = 10_000;

  private final JobControl control;
  private final Jobs stored;
  private final JobLookup jobs;
  private final Budgets budgets;

  JobCommands(JobControl control, Jobs stored, JobLookup jobs, Budgets budgets) {
    this.control = control;
    this.stored = stored;
    this.jobs = jobs;
    this.budgets = budgets;
  }

  /** Changes a job; false when there is no such job. */
  boolean change(UUID job, ObjectNode body) {
    return control.change(job, ChangeCommand.of(body, budgets::whyNoCost));
  }

  /** Retries failed records; false when there is no such job. */
  boolean retry(UUID job, RetryCommand command) {
    return control.retry(
        job, command.code(), jobs.ordinal(job, command.file()), command.rulesOff());
  }

  /** Does an action for each job, one after the other. A refusal stops none of the others. */
  ActionCommand.Result act(ActionCommand command) {
    int done = 0;
    List<ActionCommand.Refused> refused = new ArrayList<>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID job :
        command.filter() == null
            ? command.ids()
            : matching(command.filter().ofOwner(jobs.onlyOwner()))) {
      try {
        if (jobs.isVisible(job) && act(command.action(), job)) {
          done++;
        } else {
          unknown.add(job);
        }
      } catch (JobStateException e) {
        refused.add(new ActionCommand.Refused(job, String.valueOf(e.getMessage())));
      }
    }
    return new ActionCommand.Result(done + refused.size(), done, refused, unknown);
  }

  /** Pauses the open jobs that a key posted; how many were paused. */
  public int pauseOfKey(UUID key) {
    int paused = 0;
    for (UUID job : stored.openOfKey(key)) {
      try {
        paused += control.pause(job, jobs.callerName()) ? 1 : 0;
      } catch (JobStateException e) {
        // It has ended, or ends: nothing of it is sent any more.
      }
    }
    return paused;
  }

  /** The ids are read before the first action, which may change what a condition matches. */
  private List<UUID> matching(JobFilter filter) {
    List<UUID> ids = new ArrayList<>();
    List<Job> page;
    do {
      page = stored.newest(filter, ids.isEmpty() ? null : ids.get(ids.size() - 1), PAGE);
      page.forEach(job -> ids.add(job.id()));
    } while (page.size() == PAGE && ids.size() < MOST_JOBS);
    return ids;
  }

  private boolean act(String action, UUID job) {
    return switch (action) {
      case "cancel" -> control.cancel(job);
      case "pause" -> control.pause(job, jobs.callerName());
      case "resume" -> control.resume(job);
      case "retry" -> control.retry(job, null, null, Set.of());
      case "delete" -> control.delete(job, false);
      default -> throw new IllegalStateException("there is no action " + action);
    };
  }
}
