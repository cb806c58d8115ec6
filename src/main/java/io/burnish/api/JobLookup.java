package io.burnish.api;

import io.burnish.access.Caller;
import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.JobLog;
import io.burnish.job.Jobs;
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
class JobLookup {

  private final Jobs jobs;
  private final JobViews views;
  private final CurrentVertxRequest current;

  JobLookup(Jobs jobs, JobViews views, CurrentVertxRequest current) {
    this.jobs = jobs;
    this.views = views;
    this.current = current;
  }

  /** The job of that id; a problem 404 when there is none. */
  Job job(String id) {
    return jobs.find(uuid(id)).filter(visible()).orElseThrow(() -> noSuchJob(id));
  }

  /** The id of the job; a problem 404 when there is none. */
  UUID id(String id) {
    return job(id).id();
  }

  /** Whether there is such a job. */
  boolean isVisible(UUID id) {
    return jobs.find(id).filter(visible()).isPresent();
  }

  /** The owner whose jobs the caller sees; null: those of all owners. */
  @Nullable String onlyOwner() {
    return Caller.of(current.getCurrent()).onlyOwner().orElse(null);
  }

  /** Name of the key or of the token of the caller. */
  String callerName() {
    return Caller.of(current.getCurrent()).name();
  }

  private Predicate<Job> visible() {
    String only = onlyOwner();
    return job -> only == null || only.equals(job.owner());
  }

  /** The view of the job of that id; a problem 404 when there is none. */
  JobView view(String id) {
    return views.find(uuid(id), visible()).orElseThrow(() -> noSuchJob(id));
  }

  /** The id; later log lines of this request have it as a field. */
  static UUID uuid(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      MDC.put(JobLog.JOB_ID, uuid.toString());
      return uuid;
    } catch (IllegalArgumentException e) {
      throw noSuchJob(id);
    }
  }

  static HttpProblem noSuchJob(String id) {
    return Problem.notFound(
        "there is no job %s; it may belong to another Burnish, or it was deleted, or retention removed it after 30 days (burnish.retention.finished-jobs)"
            .formatted(Excerpt.of(id)));
  }

  /** The ordinal of a file; null without a name, a problem 404 when the job has no such file. */
  @Nullable Integer ordinal(UUID job, @Nullable String file) {
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
