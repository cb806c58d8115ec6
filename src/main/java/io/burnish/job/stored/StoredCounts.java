package io.burnish.job.stored;

import io.burnish.job.state.Counts;
import jakarta.persistence.Embeddable;
import org.hibernate.annotations.Formula;

/**
 * What is counted of a job: columns of its row, and counters that the queue writes, from a view.
 *
 * @param total items, decided or not; set at intake
 * @param succeeded items enhanced and proven
 * @param failed items that ended without a result
 * @param reused part of succeeded: items decided without a call
 * @param cancelled items that were not decided when the job was cancelled
 * @param filtered posted records that the filter left out; they are no items
 * @param version grows with every change of the job that a reader can see; 0 or more
 */
@Embeddable
record StoredCounts(
    int total,
    @Formula("(SELECT c.succeeded FROM job_counts c WHERE c.job_id = id)") int succeeded,
    @Formula("(SELECT c.failed FROM job_counts c WHERE c.job_id = id)") int failed,
    @Formula("(SELECT c.reused FROM job_counts c WHERE c.job_id = id)") int reused,
    int cancelled,
    int filtered,
    @Formula("(SELECT c.version FROM job_counts c WHERE c.job_id = id)") long version) {

  /** Before the items are stored. */
  static final StoredCounts NONE = new StoredCounts(0, 0, 0, 0, 0, 0, 0);

  /** Of items that were just stored. */
  static StoredCounts of(Counts items, int filtered) {
    return new StoredCounts(
        items.total(), items.succeeded(), items.failed(), items.reused(), 0, filtered, 0);
  }

  /** The counts of the items. */
  Counts items() {
    return new Counts(total, succeeded, failed, reused, cancelled);
  }
}
