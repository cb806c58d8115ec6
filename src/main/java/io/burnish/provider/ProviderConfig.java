package io.burnish.provider;

import io.burnish.settings.Allowed;
import io.burnish.settings.AtLeast;
import io.burnish.settings.HttpAddress;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where the models are, and how to get in. */
@ConfigMapping(prefix = "burnish.provider")
public interface ProviderConfig {

  /** Who answers. */
  ProviderKind kind();

  /**
   * The secret that the provider knows us by. Never logged. Empty: none is sent, which Groq's own
   * address does not allow.
   */
  Optional<String> apiKey();

  /**
   * Where Groq, or another endpoint that speaks its language, is; {@code /chat/completions} is
   * added to it.
   */
  @HttpAddress
  @Allowed("an http or https address, such as https://api.groq.com/openai/v1")
  URI baseUrl();

  /** Time to reach the endpoint. */
  @DurationMin(millis = 1)
  Duration connectTimeout();

  /**
   * Time until an answer begins, and between two parts of it; must exceed the gateway's own limit
   * of the whole call, or that one would never be the one that acts.
   */
  @DurationMin(millis = 1)
  Duration readTimeout();

  /**
   * Largest response that is read, in bytes, counted unpacked; a larger one ends the call, and its
   * connection. An answer about 16 records has some 10 kB.
   */
  @AtLeast(1024)
  MemorySize maxResponse();

  /** Whether the base URL is Groq's own, where nothing is answered without a key. */
  default boolean isGroqItself() {
    String host = baseUrl().getHost();
    return host != null && (host.equals("groq.com") || host.endsWith(".groq.com"));
  }

  /**
   * The base URL as it may be logged and stored: without user info and query, which can hold
   * secrets, and without a slash at its end; {@code simulated} for the offline provider. What is
   * learned of a model is kept for this address.
   */
  default String endpoint() {
    if (kind() == ProviderKind.SIMULATED) {
      return kind().word();
    }
    URI url = baseUrl();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return "%s://%s%s%s"
        .formatted(url.getScheme(), url.getHost(), port, path.replaceAll("/{1,9}$", ""));
  }
}
