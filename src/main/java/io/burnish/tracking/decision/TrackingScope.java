package io.burnish.tracking.decision;

import io.burnish.database.DefaultOwner;

/**
 * Whose decisions: those of one provider, and of one owner. Decisions of different scopes are
 * neither used, counted, exported nor deleted together.
 *
 * @param provider {@code groq} or {@code simulated}
 * @param owner of the decisions; {@link DefaultOwner} has those of before there were owners, and
 *     all if tracking is shared
 */
public record TrackingScope(String provider, String owner) {

  /** Whether the owner is the default one. */
  public boolean isDefault() {
    return DefaultOwner.is(owner);
  }

  /**
   * Part of each fingerprint of the scope, so that equal records of two scopes have different ones.
   * The default owner has the fingerprints of before there were owners.
   */
  public String namespace() {
    return isDefault() ? provider : provider + '/' + owner;
  }
}
