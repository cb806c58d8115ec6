package io.burnish.tracking;

import io.burnish.record.Fingerprint;
import java.util.Optional;

/**
 * Something that is known of a key.
 *
 * @param profile name of the profile
 * @param known what is known
 */
public record Tracked(String profile, PriorResult known) {

  /** The content's fingerprint, 64 hexadecimal digits; empty when it was imported. */
  public Optional<String> content() {
    return known.fingerprint().map(Fingerprint::hex);
  }
}
