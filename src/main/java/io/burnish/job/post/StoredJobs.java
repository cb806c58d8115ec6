package io.burnish.job.post;

import io.burnish.job.directory.JobDirectories;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.state.JobState;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobLog;
import io.burnish.metrics.ItemMeters;
import io.burnish.queue.ItemStates;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * What follows the commit of a job: its log lines, its metrics, and its turn on its data directory.
 * Not before, so that no line tells of a job that is not stored. Thread-safe.
 */
@Singleton
class StoredJobs {

  private static final Logger LOG = Logger.getLogger(StoredJobs.class);

  private final ItemStates items;
  private final ItemMeters meters;
  private final JobDirectories directories;

  StoredJobs(ItemStates items, ItemMeters meters, JobDirectories directories) {
    this.items = items;
    this.meters = meters;
    this.directories = directories;
  }

  /** A job was committed. Never throws because the database does not answer. */
  void committed(Job job, JobSubmission submission) {
    JobLog.accepted(job, submission.files().size());
    meters.decidedAtIntake(job.counts().succeeded(), job.counts().failed());
    if (job.state() == JobState.COMPLETED) {
      JobLog.ended(
          job.id(), job.name(), job.state(), job.counts(), () -> items.failureReasons(job.id()));
    }
    if (submission.terms().dataDir() != null) {
      release();
    }
  }

  /** The job is stored: an error here must not fail the request. The maintenance tries again. */
  private void release() {
    try {
      directories.release();
    } catch (RuntimeException e) {
      LOG.debugf("Held jobs are released in the next turn: %s", e.getMessage());
    }
  }
}
