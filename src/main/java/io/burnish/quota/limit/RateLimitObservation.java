package io.burnish.quota.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * The rate limits in a response; each may be absent.
 *
 * @param requests the headers {@code x-ratelimit-…-requests}: per day at Groq, per minute elsewhere
 * @param tokens the headers {@code x-ratelimit-…-tokens}: per minute
 * @param usable whether the response is a usable answer. Three of them in a row without limits mean
 *     that the endpoint reports none. Errors mean nothing: those of Groq carry no limits either
 */
public record RateLimitObservation(Reported requests, Reported tokens, boolean usable) {

  /** No limits, from a response that is not usable. */
  public static final RateLimitObservation NONE =
      new RateLimitObservation(Reported.NONE, Reported.NONE, false);

  /** No account has a higher limit; a higher one is an error of the provider. */
  private static final double MAX_LIMIT = 1e9;

  /** No chat model has fewer tokens per minute, and no call could correct a lower limit. */
  private static final double MIN_TOKENS = 1_000;

  /**
   * One limit in the headers.
   *
   * @param limit the limit of the window; at least 1
   * @param remaining what is left of it; at least 0
   * @param resetIn time until the bucket is full if no call is sent; greater than zero
   */
  public record Reported(
      Optional<Long> limit, Optional<Long> remaining, Optional<Duration> resetIn) {

    /** No header. */
    public static final Reported NONE =
        new Reported(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The limits without the levels.
   *
   * @param requests per day or minute, as the header means
   * @param tokens per minute or day
   */
  public record Limits(Optional<Long> requests, Optional<Long> tokens) {}

  /** The limits in the response. */
  public Limits limits() {
    return new Limits(requests.limit(), tokens.limit());
  }

  /** Whether there is a limit. */
  public boolean hasLimits() {
    return requests.limit().isPresent() || tokens.limit().isPresent();
  }

  /** The same without implausible limits and their levels. */
  public RateLimitObservation credible() {
    return new RateLimitObservation(
        requests.limit().filter(limit -> isPlausible(Dimension.RPD, limit)).isPresent()
            ? requests
            : Reported.NONE,
        tokens.limit().filter(limit -> isPlausible(Dimension.TPM, limit)).isPresent()
            ? tokens
            : Reported.NONE,
        usable);
  }

  /** Whether a limit of that size is plausible. */
  public static boolean isPlausible(Dimension dimension, double limit) {
    return limit >= (dimension.countsTokens() ? MIN_TOKENS : 1) && limit <= MAX_LIMIT;
  }
}
