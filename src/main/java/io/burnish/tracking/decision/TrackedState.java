package io.burnish.tracking.decision;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a content or a key. Stored as the lower-case name. */
public enum TrackedState {
  /** Enhanced; the result is stored, unless only an imported state file names the key. */
  PROCESSED,
  /** Failed. */
  FAILED;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that word, or empty. */
  public static Optional<TrackedState> of(String word) {
    return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
  }
}
