package io.burnish.tracking.decision;

import io.burnish.record.Fingerprint;
import java.util.Optional;

/**
 * A decision under a key.
 *
 * @param profile name of the profile
 * @param prior what was decided about it
 */
public record Tracked(String profile, PriorResult prior) {

  /** The content's fingerprint, 64 hexadecimal digits; empty when it was imported. */
  public Optional<String> content() {
    return prior.fingerprint().map(Fingerprint::hex);
  }
}
