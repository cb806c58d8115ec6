package io.burnish.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a job does with its records. Stored as the lower-case name. */
public enum JobMode {
  /** A model decides what is missing. */
  ENHANCE,
  /** The records come enhanced: they are checked and kept, and no model is called. */
  STORE;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of that word, or empty. */
  public static Optional<JobMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
