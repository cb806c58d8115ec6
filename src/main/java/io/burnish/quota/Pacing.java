package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * Grants calls, and hears what became of each: one of {@link #unsent}, {@link #answered}, {@link
 * #refused} and {@link #unanswered}. Over all replicas. Thread-safe.
 *
 * <p>Only {@link #reserve} and {@link #largest} throw when the database does not answer. What
 * became of calls is kept then, and written later.
 */
interface Pacing {

  /** Grants at most so many calls, each charged so many tokens at admission; or tells the wait. */
  Grant reserve(String model, int calls, long tokensEach);

  /** Calls were not sent; so many tokens were reserved for them in all. */
  void unsent(String model, int calls, long tokens);

  /** A call was answered; it was charged so many tokens, and the response told something. */
  void answered(String model, long reserved, long used, RateLimitObservation seen);

  /** A call was refused by a limit. */
  void refused(String model, long reserved, ThrottleNotice refusal);

  /** A call brought no answer. */
  void unanswered(String model, long reserved, Charge charge);

  /** An answer was no good, and is asked for again. */
  void invalid();

  /** Nothing is sent to the model for so long. */
  void paused(String model, Duration pause, String reason);

  /** What was learned of the model is forgotten. */
  void forgotten(String model);

  /** Whether nothing of the model is reserved, as it has no limits. */
  boolean isUnlimited(String model);

  /** Most tokens that one call can have under the limits as they are known; empty: no limit. */
  Optional<Double> largest(String model);

  /** Something about a model is known that this did not hear of. */
  void changed();

  /** Writes what became of calls and is not written yet, if the database takes it. */
  void flush();

  /** As {@link #flush}, and says again which calls are in flight; called every few seconds. */
  void keepUp();
}
