package io.burnish.provider.wire;

import io.burnish.settings.Allowed;
import io.burnish.settings.AtLeast;
import io.burnish.settings.HttpAddress;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** The provider's address, key and limits. */
@ConfigMapping(prefix = "burnish.provider")
public interface ProviderConfig {

  /** Kind of the provider. */
  ProviderKind kind();

  /**
   * API key; secret, never logged. Empty: none is sent, which is an error at Groq's own address.
   */
  Optional<String> apiKey();

  /**
   * Base URL of Groq, or of another endpoint with OpenAI's API; {@code /chat/completions} is added.
   */
  @HttpAddress
  @Allowed("an http or https address, such as https://api.groq.com/openai/v1")
  URI baseUrl();

  /** Timeout of opening a connection. */
  @DurationMin(millis = 1)
  Duration connectTimeout();

  /**
   * Timeout without traffic, before and during a response; must exceed the gateway's timeout of the
   * whole call, so that the gateway's acts first.
   */
  @DurationMin(millis = 1)
  Duration readTimeout();

  /**
   * Largest response, in bytes after decompression; a larger one ends the call and its connection.
   * An answer about 16 records has some 10 kB.
   */
  @AtLeast(1024)
  MemorySize maxResponse();

  /** Whether the base URL is Groq's own, which needs a key. */
  default boolean isGroqItself() {
    String host = baseUrl().getHost();
    return host != null && (host.equals("groq.com") || host.endsWith(".groq.com"));
  }

  /**
   * The base URL for logs and the database: without user info and query, which can hold secrets,
   * and without a trailing slash; {@code simulated} for the offline provider. What is learned of a
   * model is stored by it.
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
