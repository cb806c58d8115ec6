package io.burnish.provider;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.ContextResolver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the REST client: its address is known only when the application runs. */
@Dependent
class GroqApiProducer {

  /** More connections than calls in flight, so that none waits for a connection. */
  private static final String POOL = "io.quarkus.rest.client.connection-pool-size";

  private static final String KEEP_ALIVE = "io.quarkus.rest.client.keep-alive-enabled";

  @Produces
  @Singleton
  ProviderConnections connections(
      ProviderConfig config, @ConfigProperty(name = "quarkus.application.version") String version) {
    return new ProviderConnections(api(config, version, true), api(config, version, false));
  }

  private static GroqApi api(ProviderConfig config, String version, boolean keepAlive) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(config.baseUrl())
        .property(KEEP_ALIVE, keepAlive)
        .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .property(POOL, 1_024)
        .property("microprofile.rest.client.disable.default.mapper", true)
        .register(credentials(config, "Burnish/" + version))
        .register(new ConnectionEnd())
        .register(new Connections(config.readTimeout(), keepAlive))
        .build(GroqApi.class);
  }

  /**
   * Groq's edge answers 403 to callers that do not say who they are (Source: published traffic,
   * reference groq-api.md §1).
   */
  private static ClientRequestFilter credentials(ProviderConfig config, String userAgent) {
    Optional<String> bearer = config.apiKey().filter(k -> !k.isBlank()).map("Bearer "::concat);
    return request -> {
      bearer.ifPresent(value -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value));
      request.getHeaders().putSingle(HttpHeaders.USER_AGENT, userAgent);
    };
  }

  /**
   * The read timeout is about the first byte only; a body that stops coming would hold its thread.
   * So a connection on which nothing moves for that time is closed.
   */
  private record Connections(Duration idle, boolean keepAlive)
      implements ContextResolver<HttpClientOptions> {
    @Override
    public HttpClientOptions getContext(Class<?> type) {
      return new HttpClientOptions()
          .setKeepAlive(keepAlive)
          .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
          .setIdleTimeout(Math.toIntExact(idle.toMillis()));
    }
  }
}
