package io.burnish.tracking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How it ended with a content or a key. Stored as the lower-case name. */
public enum TrackedState {
  /** It was enhanced; its result is held, unless an imported state file is all that tells of it. */
  PROCESSED,
  /** It was given up. */
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
