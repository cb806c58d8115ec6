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

  /**
   * Calls in flight at most, from 1 to 1,000. Each holds a thread of some 100 kB; no provider takes
   * more of one account.
   */
  @Min(1)
  @Max(1000)
  int concurrency();

  /** Records in one call at most; 1: no packing. Over 0. */
  @Min(1)
  @Max(1000)
  int pack();

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

  /** Answers to one record that may be refused before it is given up. */
  @Min(1)
  @Max(1000)
  int maxAttempts();

  /**
   * Refused answers of one model about a record, after which the next model is asked. A model that
   * repeats a refused answer is given up sooner; a single model has all attempts.
   */
  @Min(1)
  int triesPerModel();

  /** HTTP calls about a record that are or may be paid for, at most; then it fails. */
  @Min(1)
  @Max(1000)
  int maxCalls();

  /** Errors of the service itself at a record, after which it fails as {@code internal_error}. */
  @Min(1)
  @Max(1000)
  int maxInternalErrors();

  /**
   * Records whose answers were refused within one such span are asked about together at its end.
   * Zero: each at once.
   */
  @DurationMin
  Duration reaskGather();

  /** Time between two signs of life. */
  @DurationMin(millis = 1)
  Duration heartbeat();

  /**
   * Silence after which a worker counts as dead, and its items are rescued; must exceed several
   * heartbeats.
   */
  @DurationMin(millis = 1)
  Duration silence();

  /**
   * Name of the machine or pod: a worker of the same name that was here before is taken for an
   * earlier life of this one. Its items are taken back at once where its process is known to have
   * ended, else as soon as it misses its heartbeats. Unset: only silence counts.
   */
  Optional<String> node();

  /**
   * Whether no other worker can be at work on the same data, so that all others have ended. Set
   * with the embedded server, whose data one process at a time may use.
   */
  boolean sole();

  /** How long a stopping replica waits for the calls in flight. */
  @DurationMin
  Duration drain();

  /** A job's progress is logged each time this many of its records are decided; over 0. */
  @Min(1)
  int progressEvery();
}
