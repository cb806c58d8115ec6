package io.burnish.api;

import io.burnish.job.JobControl;
import io.burnish.job.JobStateException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Does commands that concern several jobs, or need more than the job. */
@Singleton
class JobCommands {

  private final JobControl control;
  private final JobLookup jobs;

  JobCommands(JobControl control, JobLookup jobs) {
    this.control = control;
    this.jobs = jobs;
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
    for (UUID job : command.ids()) {
      try {
        if (act(command.action(), job)) {
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

  private boolean act(String action, UUID job) {
    return switch (action) {
      case "cancel" -> control.cancel(job);
      case "pause" -> control.pause(job);
      case "resume" -> control.resume(job);
      case "retry" -> control.retry(job, null, null, Set.of());
      case "delete" -> control.delete(job, false);
      default -> throw new IllegalStateException("there is no action " + action);
    };
  }
}
