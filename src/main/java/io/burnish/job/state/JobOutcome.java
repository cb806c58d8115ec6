package io.burnish.job.state;

import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** How a completed job ended. */
public enum JobOutcome {
  /** No item failed, and no file was rejected. */
  SUCCEEDED,
  /** Some items succeeded; others failed, or a file was rejected. */
  PARTIAL,
  /** No item succeeded, and at least one failed or a file was rejected. */
  FAILED;

  @EnumeratedValue private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in the database and the API. */
  public String word() {
    return word;
  }
}
