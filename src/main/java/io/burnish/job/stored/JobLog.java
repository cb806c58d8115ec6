package io.burnish.job.stored;

import io.burnish.job.state.Counts;
import io.burnish.job.state.JobState;
import io.burnish.queue.ItemStates;
import io.burnish.queue.item.FailureReason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Logs that a job was accepted, and how it ended: one line each. A job that ends with failures is a
 * WARN with counts by code. The lines have the field {@value #JOB_ID}.
 */
public final class JobLog {

  /** Name of the log field (MDC) that has the id of the job that a line is about. */
  public static final String JOB_ID = "job";

  private static final Logger LOG = Logger.getLogger(JobLog.class);

  /** The log cuts values after 200 characters; so many codes with their counts fit. */
  private static final int MAX_CODES = 4;

  private JobLog() {}

  /** Logs that a job was stored. */
  public static void accepted(Job job, int files) {
    about(
        job.id(),
        () ->
            LOG.infof(
                "%s is accepted: %d records in %d files, mode %s",
                label(job.id(), job.name()),
                job.counts().total(),
                files,
                job.spec().mode().word()));
  }

  /** The job was controlled: cancelled, paused, resumed and so on. */
  public static void changed(LockedJob job, String what) {
    about(job.id(), () -> LOG.infof("%s %s", label(job.id(), job.name()), what));
  }

  /** The job was paused, because its budget does not allow its next call. */
  public static void overBudget(UUID id, Optional<String> name, String why) {
    about(
        id,
        () ->
            LOG.warnf(
                "%s is paused by its budget: %s. To go on, raise it: PATCH /jobs/%s",
                label(id, name), why, id));
  }

  /**
   * The job has ended. Called once in the life of a job, and once after each retry.
   *
   * @param state the final state
   * @param reasons asked only when items failed; the line is logged even if this throws
   */
  public static void ended(
      UUID id,
      Optional<String> name,
      JobState state,
      Counts counts,
      Supplier<List<FailureReason>> reasons) {
    about(
        id,
        () -> {
          if (counts.failed() == 0) {
            LOG.infof(
                "%s is %s: %d records, %d succeeded (%d reused), %d failed, %d cancelled",
                label(id, name),
                state.word(),
                counts.total(),
                counts.succeeded(),
                counts.reused(),
                counts.failed(),
                counts.cancelled());
          } else {
            LOG.warnf(
                "%s is %s with failures: %d records, %d succeeded (%d reused), %d failed (%s), %d cancelled; GET /jobs/%s/failures has each record and its reasons",
                label(id, name),
                state.word(),
                counts.total(),
                counts.succeeded(),
                counts.reused(),
                counts.failed(),
                byCode(counts, reasons),
                counts.cancelled(),
                id);
          }
        });
  }

  private static String byCode(Counts counts, Supplier<List<FailureReason>> reasons) {
    try {
      List<FailureReason> all = reasons.get();
      String codes =
          all.stream()
              .limit(MAX_CODES)
              .map(reason -> reason.code() + " " + reason.items())
              .collect(Collectors.joining(", "));
      return (counts.failed() > ItemStates.FAILURES_COUNTED
              ? "of the first %d: ".formatted(ItemStates.FAILURES_COUNTED)
              : "")
          + codes
          + (all.size() > MAX_CODES ? ", and other codes" : "");
    } catch (RuntimeException e) {
      LOG.debugf("Could not read the failure codes of a job: %s", e.getMessage());
      return "codes not read";
    }
  }

  /** Runs what logs lines about one job: they have the field {@value #JOB_ID}. */
  public static void about(UUID job, Runnable logging) {
    @Nullable Object before = MDC.get(JOB_ID);
    MDC.put(JOB_ID, job.toString());
    try {
      logging.run();
    } finally {
      if (before == null) {
        MDC.remove(JOB_ID);
      } else {
        MDC.put(JOB_ID, before);
      }
    }
  }

  /** The job's id and name, as log lines show them. */
  public static String label(UUID id, Optional<String> name) {
    return "Job " + id + name.map(given -> " \"" + given + '"').orElse("");
  }
}
