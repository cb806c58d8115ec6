package io.burnish.quota;

/** What to assume of an account before it tells. */
public enum Plan {
  /** Free, until the provider tells otherwise. */
  AUTO,
  /** The free plan. */
  FREE,
  /** The developer plan. */
  DEVELOPER,
  /** No limit at all: nothing is reserved. */
  UNLIMITED
}
