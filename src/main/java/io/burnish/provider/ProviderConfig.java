package io.burnish.provider;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the models are, and how to get in. */
@ConfigMapping(prefix = "burnish.provider")
public interface ProviderConfig {

  /** Who answers. */
  ProviderKind kind();

  /** The secret that Groq knows us by. Never logged. */
  Optional<String> apiKey();

  /**
   * Where Groq, or another endpoint that speaks its language, is; {@code /chat/completions} is
   * added to it.
   */
  URI baseUrl();

  /** Time to reach the endpoint. */
  Duration connectTimeout();

  /**
   * Time until an answer begins, and between two parts of it; must exceed the gateway's own limit
   * of the whole call, or that one would never be the one that acts.
   */
  Duration readTimeout();
}
