package io.burnish.provider.wire;

import java.util.Locale;

/** The kind of a provider. */
public enum ProviderKind {
  /** Groq, or any endpoint with OpenAI's API. */
  GROQ,
  /** The offline provider of one machine: no model, no key. */
  SIMULATED;

  /** The word in configuration, in the database and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
