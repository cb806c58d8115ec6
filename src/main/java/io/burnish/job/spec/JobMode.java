package io.burnish.job.spec;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a job does with its records. */
public enum JobMode {
  /** Models enhance the records. */
  ENHANCE,
  /** The records are already enhanced: they are validated and stored, without a call. */
  STORE;

  @EnumeratedValue private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in the database and the API. */
  public String word() {
    return word;
  }

  /** The mode of that word, or empty. */
  public static Optional<JobMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }
}
