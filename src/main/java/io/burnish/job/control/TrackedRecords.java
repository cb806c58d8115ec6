package io.burnish.job.control;

import io.burnish.job.spec.JobOptions;
import io.burnish.job.spec.JobOptionsCodec;
import io.burnish.job.spec.UnreadableJobException;
import io.burnish.job.stored.LockedJob;
import io.burnish.tracking.Tracking;
import io.burnish.tracking.TrackingOfJob;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Forgets what tracking knows of the records of a job. */
@Singleton
class TrackedRecords {

  private final Tracking tracking;
  private final JobOptionsCodec options;

  TrackedRecords(Tracking tracking, JobOptionsCodec options) {
    this.tracking = tracking;
    this.options = options;
  }

  /**
   * Deletes the decisions about the records of a job, in the caller's transaction.
   *
   * @param retry only the failures of the records that this retry took; null: of all records, and
   *     results too
   * @throws UnreadableJobException when another version stored its options
   */
  void forget(LockedJob job, @Nullable Integer retry) {
    boolean byKey = options.read(job.options()).dedupe() == JobOptions.Dedupe.ID;
    tracking.delete(new TrackingOfJob(job.id(), job.profile(), job.scope(), retry, byKey));
  }
}
