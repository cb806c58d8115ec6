package io.burnish.tracking;

import io.burnish.database.DefaultOwner;

/**
 * Whose decisions: those of one provider, and of one owner. Decisions of different scopes are
 * neither used, counted, exported nor deleted together.
 *
 * @param provider {@code groq} or {@code simulated}
 * @param owner of the decisions; {@link #DEFAULT_OWNER} has those of before there were owners
 */
public record TrackingScope(String provider, String owner) {

  /** Owner of decisions without access control, and of all decisions if tracking is shared. */
  public static final String DEFAULT_OWNER = DefaultOwner.NAME;

  /** Whether the owner is the default one. */
  boolean isDefault() {
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
