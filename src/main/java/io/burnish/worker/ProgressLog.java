package io.burnish.worker;

import io.burnish.job.JobTerms;
import io.burnish.job.Jobs;
import io.burnish.queue.JobProgress;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says in the log how far each job is, every few records, and how it ended. */
@Singleton
class ProgressLog {

  private static final Logger LOG = Logger.getLogger(ProgressLog.class);

  private final int every;
  private final Terms terms;
  private final Jobs jobs;

  ProgressLog(WorkerConfig config, Terms terms, Jobs jobs) {
    this.jobs = jobs;
    this.every = config.progressEvery();
    this.terms = terms;
  }

  /** A batch of outcomes left a job's counters like this. */
  void log(JobProgress job) {
    if (job.finished()) {
      LOG.infof(
          "%s is completed: %d records, %d succeeded (%d reused), %d failed, %d cancelled",
          named(job), job.total(), job.succeeded(), job.reused(), job.failed(), job.cancelled());
      jobs.warnings(job.jobId()).forEach(warning -> LOG.warnf("%s: %s", named(job), warning));
    } else if (job.done() / every > job.doneBefore() / every) {
      LOG.infof(
          "%s: %d of %d records done, %d succeeded, %d failed",
          named(job), job.done(), job.total(), job.succeeded(), job.failed());
    }
  }

  private String named(JobProgress job) {
    JobTerms agreed = terms.of(job.jobId());
    return "Job " + job.jobId() + agreed.name().map(name -> " \"" + name + '"').orElse("");
  }
}
