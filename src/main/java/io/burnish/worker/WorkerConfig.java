package io.burnish.worker;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** How a replica works. */
@ConfigMapping(prefix = "burnish.worker")
public interface WorkerConfig {

  /** Whether this replica works at all; one that only serves the API does not. */
  boolean enabled();

  /** Items claimed in one statement at most. */
  @Min(1)
  @Max(10_000)
  int claimBatch();

  /**
   * Bytes of records, with what was answered about them before, that this replica holds at most:
   * claimed, asked about and not yet written. A larger record is taken all the same, one at a time.
   * In memory they take some eight times as much, as prompts, requests and results. Unset: a 32nd
   * of the largest heap, 8 MB with {@code -Xmx256m}; a megabyte at least.
   */
  Optional<MemorySize> claimBytes();

  /** Shortest pause between two looks at an empty queue; doubles up to {@link #longestPause}. */
  @DurationMin(millis = 1)
  Duration shortestPause();

  /** Longest pause between two looks at an empty queue. */
  @DurationMin(millis = 1)
  Duration longestPause();

  /** How long a stopping replica waits for the calls in flight. */
  @DurationMin
  Duration drain();
}
