package io.burnish.provider;

import java.util.Locale;

/** Who answers. */
public enum ProviderKind {
  /** Groq, or any endpoint that speaks its language. */
  GROQ,
  /** The look-alike within the application: no model, no key, no network. */
  SIMULATED;

  /** The word in configuration, in the database and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
