package io.burnish.access.caller;

import java.util.Locale;

/** How callers identify themselves. */
public enum AuthMode {
  /** By a key of this service. */
  KEYS,
  /** By a token of an OpenID Connect provider, or by a key of this service. */
  OIDC,
  /** Not at all: every caller is an administrator. */
  NONE;

  /** The value of {@code BURNISH_AUTH}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
