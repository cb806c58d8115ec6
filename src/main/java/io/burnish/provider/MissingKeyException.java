package io.burnish.provider;

import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.ProviderKind;

/** The key of the provider is missing. The message says what to do. */
public final class MissingKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Checks that there is a key at Groq's own address.
   *
   * @throws MissingKeyException when there is none
   */
  public static void throwIfMissing(ProviderConfig config) {
    if (config.kind() == ProviderKind.GROQ
        && config.isGroqItself()
        && config.apiKey().filter(key -> !key.isBlank()).isEmpty()) {
      throw new MissingKeyException();
    }
  }

  private MissingKeyException() {
    super(
        "GROQ_API_KEY is not set. Set it to your Groq key, set GROQ_BASE_URL to an endpoint that needs none, or set BURNISH_PROVIDER=simulated for a trial.",
        null,
        false,
        false);
  }
}
