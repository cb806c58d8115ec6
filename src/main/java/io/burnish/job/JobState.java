package io.burnish.job;

import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The state of a job. */
public enum JobState {
  /** Stored; none of its items was claimed yet. */
  QUEUED,
  /** At least one item was claimed, and not all are decided. */
  RUNNING,
  /** No item is claimed until the job is resumed. */
  PAUSED,
  /** Final: every item is decided; see {@link JobOutcome}. */
  COMPLETED,
  /** Final: cancelled by its owner. */
  CANCELLED,
  /** Final: its deadline passed. */
  EXPIRED;

  @EnumeratedValue private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in the database and the API. */
  public String word() {
    return word;
  }
}
