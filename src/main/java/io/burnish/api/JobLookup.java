package io.burnish.api;

import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.JobLog;
import io.burnish.job.Jobs;
import io.burnish.record.Excerpt;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Finds the job that an address names, or refuses the request with 404. */
@Singleton
class JobLookup {

  private final Jobs jobs;

  JobLookup(Jobs jobs) {
    this.jobs = jobs;
  }

  /** The job. */
  Job job(String id) {
    return jobs.find(id(id)).orElseThrow(() -> noSuchJob(id));
  }

  /** The place of a file in the job; null for null. */
  @Nullable Integer ordinal(Job job, @Nullable String file) {
    if (file == null) {
      return null;
    }
    return jobs.files(job.id()).stream()
        .filter(candidate -> candidate.name().equals(file))
        .map(JobFile::ordinal)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                    "job %s has no file named \"%s\"".formatted(job.id(), Excerpt.of(file))));
  }

  /** The id; later log lines of this request have it as a field. */
  static UUID id(String id) {
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
        "there is no job %s; it may belong to another Burnish, or retention removed it after 30 days (burnish.retention.finished-jobs)"
            .formatted(Excerpt.of(id)));
  }
}
