package io.burnish.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How much of the work at hand a job gets while others have work too; each is worth three times the
 * one before it. A job rises with its age, to the highest, so that none is starved. Stored as the
 * lower-case name.
 */
public enum JobPriority {
  /** What nobody waits for: it goes on beside the others, and slowly. */
  LOW,
  /** What is chosen when nothing is. */
  NORMAL,
  /** What somebody waits for. */
  HIGH;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The priority of that word, or empty. */
  public static Optional<JobPriority> of(String word) {
    return Arrays.stream(values()).filter(priority -> priority.word().equals(word)).findFirst();
  }
}
