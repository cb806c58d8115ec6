package io.burnish.quota;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a response tells of the limits. Any can be absent.
 *
 * @param requestsPerDay the limit
 * @param remainingRequests of it
 * @param tokensPerMinute the limit
 * @param remainingTokens of it
 */
public record Seen(
    Optional<Long> requestsPerDay,
    Optional<Long> remainingRequests,
    Optional<Long> tokensPerMinute,
    Optional<Long> remainingTokens) {

  /** A response that tells nothing. */
  public static final Seen NOTHING =
      new Seen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether an earlier response told the same limits. */
  boolean tellsTheLimitsOf(@Nullable Seen earlier) {
    return earlier != null
        && earlier.requestsPerDay.equals(requestsPerDay)
        && earlier.tokensPerMinute.equals(tokensPerMinute);
  }

  boolean tellsNothing() {
    return tokensPerMinute.isEmpty() && requestsPerDay.isEmpty();
  }
}
