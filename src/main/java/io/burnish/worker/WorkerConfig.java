package io.burnish.worker;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How a replica works. */
@ConfigMapping(prefix = "burnish.worker")
public interface WorkerConfig {

  /** Whether this replica works at all; one that only serves the API does not. */
  boolean enabled();

  /** Calls in flight at most; each holds a thread. Over 0. */
  int concurrency();

  /** Records in one call at most; 1: no packing. Over 0. */
  int pack();

  /** Items claimed in one statement at most. */
  int claimBatch();

  /** Shortest pause between two looks at an empty queue; doubles up to {@link #longestPause}. */
  Duration shortestPause();

  /** Longest pause between two looks at an empty queue. */
  Duration longestPause();

  /** Answers to one record that may be refused before it is given up. */
  int maxAttempts();

  /**
   * Refused answers of one model about a record, after which the next model is asked. A model that
   * repeats a refused answer is given up sooner; a single model has all attempts.
   */
  int triesPerModel();

  /** HTTP calls about a record that are or may be paid for, at most; then it fails. */
  int maxCalls();

  /** Errors of the service itself at a record, after which it fails as {@code internal_error}. */
  int maxInternalErrors();

  /**
   * Records whose answers were refused within one such span are asked about together at its end.
   * Zero: each at once.
   */
  Duration reaskGather();

  /** Time between two signs of life. */
  Duration heartbeat();

  /**
   * Silence after which a worker counts as dead, and its items are rescued; must exceed several
   * heartbeats.
   */
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
  Duration drain();

  /** A job's progress is logged each time this many of its records are decided; over 0. */
  int progressEvery();
}
