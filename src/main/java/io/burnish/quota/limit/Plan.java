package io.burnish.quota.limit;

/** The plan of an account, assumed until the provider reports limits. */
public enum Plan {
  /** Free, until the provider reports other limits or none. */
  AUTO,
  /** The free plan. */
  FREE,
  /** The developer plan. */
  DEVELOPER,
  /** No limits: nothing is reserved. */
  UNLIMITED
}
