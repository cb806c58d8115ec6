package io.burnish.job.state;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /** The state of that word; empty when there is none. */
  public static Optional<JobState> of(String word) {
    return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
  }

  /** Whether the job stays in this state, unless it is retried. */
  public boolean isFinal() {
    return this == COMPLETED || this == CANCELLED || this == EXPIRED;
  }

  /** The word in the database and the API. */
  public String word() {
    return word;
  }
}
