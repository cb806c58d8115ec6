package io.burnish.worker;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** How a replica claims work. */
@ConfigMapping(prefix = "burnish.worker")
public interface WorkerConfig {

  /** Whether this replica works on jobs; if not, it only serves the API. */
  boolean enabled();

  /** Items claimed in one statement at most. */
  @Min(1)
  @Max(10_000)
  int claimBatch();

  /**
   * The most bytes of records, histories and stored answers that this replica has claimed and not
   * yet completed. A larger record is claimed all the same, one at a time. In memory they take some
   * eight times as much, with prompts, requests and results. Unset: 1/32 of the maximum heap (8 MB
   * with {@code -Xmx256m}), and at least a megabyte.
   */
  Optional<MemorySize> claimBytes();

  /** Shortest pause between two polls of an empty queue; doubles up to {@link #longestPause}. */
  @DurationMin(millis = 1)
  Duration shortestPause();

  /** Longest pause between two polls of an empty queue. */
  @DurationMin(millis = 1)
  Duration longestPause();

  /** How long a stopping replica waits for the calls in flight. */
  @DurationMin
  Duration drain();
}
