package io.burnish.api.view;

import io.burnish.access.caller.Caller;
import io.burnish.api.problem.Problem;
import io.burnish.job.Jobs;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobFile;
import io.burnish.job.stored.JobLog;
import io.burnish.record.Excerpt;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Finds the job, and the file of a job, that an address names. To a caller, a job of another owner
 * is as one that does not exist.
 */
@Singleton
public class JobLookup {

  private final Jobs jobs;
  private final JobViews views;
  private final CurrentVertxRequest current;

  JobLookup(Jobs jobs, JobViews views, CurrentVertxRequest current) {
    this.jobs = jobs;
    this.views = views;
    this.current = current;
  }

  /** The job of that id; a problem 404 when there is none. */
  public Job job(String id) {
    return jobs.find(uuid(id)).filter(visible()).orElseThrow(() -> noSuchJob(id));
  }

  /** The id of the job; a problem 404 when there is none. */
  public UUID id(String id) {
    return job(id).id();
  }

  /** Whether there is such a job. */
  public boolean isVisible(UUID id) {
    return jobs.find(id).filter(visible()).isPresent();
  }

  /** The owner whose jobs the caller sees; null: those of all owners. */
  public @Nullable String onlyOwner() {
    return Caller.of(current.getCurrent()).onlyOwner().orElse(null);
  }

  /** Name of the key or of the token of the caller. */
  public String callerName() {
    return Caller.of(current.getCurrent()).name();
  }

  private Predicate<Job> visible() {
    String only = onlyOwner();
    return job -> only == null || only.equals(job.spec().owner());
  }

  /** The view of the job of that id; a problem 404 when there is none. */
  public JobView view(String id) {
    return views.find(uuid(id), visible()).orElseThrow(() -> noSuchJob(id));
  }

  /** The id; later log lines of this request have it as a field. */
  public static UUID uuid(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      MDC.put(JobLog.JOB_ID, uuid.toString());
      return uuid;
    } catch (IllegalArgumentException e) {
      throw noSuchJob(id);
    }
  }

  /** The problem 404 for an id that names no job that the caller sees. */
  public static HttpProblem noSuchJob(String id) {
    return Problem.notFound(
        "there is no job %s; it may belong to another Burnish, or it was deleted, or retention removed it after 30 days (burnish.retention.finished-jobs)"
            .formatted(Excerpt.of(id)));
  }

  /** The ordinal of a file; null without a name, a problem 404 when the job has no such file. */
  public @Nullable Integer ordinal(UUID job, @Nullable String file) {
    if (file == null) {
      return null;
    }
    return jobs.files(job).stream()
        .filter(candidate -> candidate.name().equals(file))
        .map(JobFile::ordinal)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                    "job %s has no file named \"%s\"".formatted(job, Excerpt.of(file))));
  }
}
