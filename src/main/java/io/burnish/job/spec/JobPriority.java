package io.burnish.job.spec;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The weight of a job in each claim while other jobs have ready items too: each priority weighs
 * three times the one before it. The weight grows with the job's age, up to that of {@link #HIGH},
 * so that no job starves ({@code burnish.queue.aging}).
 */
public enum JobPriority {
  /** For jobs without a deadline; they proceed slowly beside others. */
  LOW,
  /** The default. */
  NORMAL,
  /** For jobs that a person or a pipeline waits for. */
  HIGH;

  @EnumeratedValue private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in the database and the API. */
  public String word() {
    return word;
  }

  /** The priority of that word, or empty. */
  public static Optional<JobPriority> of(String word) {
    return Arrays.stream(values()).filter(priority -> priority.word.equals(word)).findFirst();
  }
}
