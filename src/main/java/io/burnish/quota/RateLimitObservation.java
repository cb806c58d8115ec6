package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * What a response tells of the limits. Any can be absent.
 *
 * @param requests by the headers {@code x-ratelimit-…-requests}: of a day at Groq, of a minute
 *     elsewhere
 * @param tokens by the headers {@code x-ratelimit-…-tokens}: of a minute
 * @param usable whether the response is a usable answer: three of them in a row without a limit say
 *     that this endpoint tells none. Errors say nothing of that, as Groq's carry no limits either
 */
public record RateLimitObservation(Reported requests, Reported tokens, boolean usable) {

  /** A response that tells nothing, and whose silence says nothing. */
  public static final RateLimitObservation NONE =
      new RateLimitObservation(Reported.NONE, Reported.NONE, false);

  /** No account has more; what tells more is broken, and must not open the gates. */
  private static final double LARGEST = 1e9;

  /** No chat model has fewer tokens a minute; and nothing could be sent to correct it. */
  private static final double SMALLEST_TOKENS = 1_000;

  /**
   * What headers tell of one limit.
   *
   * @param limit of the window; 1 or more
   * @param remaining of it; 0 or more
   * @param resetIn time until it is full again, if nothing else is sent; over zero
   */
  public record Reported(
      Optional<Long> limit, Optional<Long> remaining, Optional<Duration> resetIn) {

    /** Nothing was told. */
    public static final Reported NONE =
        new Reported(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The limits alone.
   *
   * @param requests of whatever window the header means
   * @param tokens likewise
   */
  record Limits(Optional<Long> requests, Optional<Long> tokens) {}

  /** The limits that were told. */
  Limits limits() {
    return new Limits(requests.limit(), tokens.limit());
  }

  /** Whether a limit was told that can be. */
  boolean tellsLimits() {
    return requests.limit().isPresent() || tokens.limit().isPresent();
  }

  /** The same without limits that can't be, and what belongs to them. */
  RateLimitObservation credible() {
    return new RateLimitObservation(
        requests.limit().filter(limit -> isLimit(Dimension.RPD, limit)).isPresent()
            ? requests
            : Reported.NONE,
        tokens.limit().filter(limit -> isLimit(Dimension.TPM, limit)).isPresent()
            ? tokens
            : Reported.NONE,
        usable);
  }

  /** Whether a limit of the dimension can be so large, or so small. */
  static boolean isLimit(Dimension dimension, double limit) {
    return limit >= (dimension.countsTokens() ? SMALLEST_TOKENS : 1) && limit <= LARGEST;
  }
}
