package io.burnish.quota.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * The content of a 429; each part may be absent.
 *
 * @param dimension the limit that was reached
 * @param limit its value
 * @param used how much of it was used; rounded
 * @param waitTime the wait that the provider asks for
 */
public record ThrottleNotice(
    Optional<Dimension> dimension,
    Optional<Double> limit,
    Optional<Double> used,
    Optional<Duration> waitTime) {

  /** Whether it names a plausible limit. */
  public boolean hasFigures() {
    return dimension.isPresent()
        && limit
            .filter(figure -> RateLimitObservation.isPlausible(dimension.get(), figure))
            .isPresent();
  }
}
