package io.burnish.job;

import java.util.Locale;

/** Where a job stands. Stored as the lower-case name. */
public enum JobState {
  /** Stored, and nothing of it claimed yet. */
  QUEUED,
  /** Something of it was claimed, and not all is decided. */
  RUNNING,
  /** Nothing more is claimed until it is resumed. */
  PAUSED,
  /** Final: every item is decided; the outcome says how it went. */
  COMPLETED,
  /** Final: cancelled by its owner. */
  CANCELLED,
  /** Final: its deadline passed. */
  EXPIRED;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
