package io.burnish.quota.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when calls are sent, over all replicas. Each granted call ends in one of {@link #refund},
 * {@link #settle}, {@link #throttled} and {@link #failed}. Thread-safe.
 *
 * <p>Only {@link #reserve} and {@link #largest} throw while the database does not answer. The other
 * methods keep what they have to write, and write it later.
 */
public interface Pacing {

  /** Grants at most so many calls, each charged so many tokens at admission; or names the wait. */
  Grant reserve(String model, int calls, long tokensEach);

  /** Calls were not sent; {@code tokens} were reserved for all of them. */
  void refund(String model, int calls, long tokens);

  /** A call was answered and charged {@code used} tokens. */
  void settle(String model, long reserved, long used, RateLimitObservation observation);

  /** A call got a 429. */
  void throttled(String model, long reserved, ThrottleNotice notice);

  /** A call got no answer. */
  void failed(String model, long reserved, Charge charge);

  /** An answer was invalid; there will be a retry. */
  void invalidAnswer();

  /** No call is sent to the model for that time. */
  void pause(String model, Duration pause, String reason);

  /** All that was learned of the model is deleted. */
  void reset(String model);

  /** Whether nothing of the model is reserved, because it has no limits. */
  boolean isUnlimited(String model);

  /** Most tokens of one call under the known limits; empty: no limit is known. */
  Optional<Double> largest(String model);

  /** Reads the rows again before the next use. */
  void invalidateCache();

  /** Writes pending changes, if the database answers. */
  void flush();

  /** As {@link #flush}; also renews the lease of calls in flight. Called every few seconds. */
  void renew();
}
