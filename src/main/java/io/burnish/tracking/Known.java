package io.burnish.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided before about a content.
 *
 * @param result the enhanced record of whoever was first; empty when it failed
 * @param errorCode why it failed, stable; empty when it did not
 * @param errors why it failed, for a person
 * @param model who answered
 * @param at when
 */
public record Known(
    Optional<String> result,
    Optional<String> errorCode,
    List<String> errors,
    Optional<String> model,
    Instant at) {

  /** Whether it was enhanced, rather than given up. */
  public boolean processed() {
    return result.isPresent();
  }
}
