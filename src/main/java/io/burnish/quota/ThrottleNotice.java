package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * What a 429 tells. Any can be absent.
 *
 * @param dimension which limit was reached
 * @param limit its number
 * @param used of it when the call came; a rounded number
 * @param waitTime how long the provider asks us to wait
 */
public record ThrottleNotice(
    Optional<Dimension> dimension,
    Optional<Double> limit,
    Optional<Double> used,
    Optional<Duration> waitTime) {

  /** Whether a limit was named that can be. */
  boolean hasFigures() {
    return dimension.isPresent()
        && limit
            .filter(figure -> RateLimitObservation.isLimit(dimension.get(), figure))
            .isPresent();
  }
}
