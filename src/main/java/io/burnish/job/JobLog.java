package io.burnish.job;

import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The log lines of a job's start and end. */
public final class JobLog {

  private static final Logger LOG = Logger.getLogger(JobLog.class);

  private JobLog() {}

  static void accepted(Job job, int files) {
    LOG.infof(
        "%s is accepted: %d records in %d files, mode %s",
        label(job.id(), job.name()), job.counts().total(), files, job.mode().word());
  }

  /** Logs the end of a job; call once per job. */
  public static void ended(UUID id, Optional<String> name, Counts counts) {
    LOG.infof(
        "%s is completed: %d records, %d succeeded (%d reused), %d failed, %d cancelled",
        label(id, name),
        counts.total(),
        counts.succeeded(),
        counts.reused(),
        counts.failed(),
        counts.cancelled());
  }

  /** The job's id and name, as log lines show them. */
  public static String label(UUID id, Optional<String> name) {
    return "Job " + id + name.map(given -> " \"" + given + '"').orElse("");
  }
}
