package io.burnish.provider;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.ContextResolver;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the REST client: its address is known only when the application runs, for the offline
 * provider picks a free port.
 */
@Dependent
class GroqApiProducer {

  /** More connections than calls in flight, so that none waits for a connection. */
  private static final String POOL = "io.quarkus.rest.client.connection-pool-size";

  private static final String KEEP_ALIVE = "io.quarkus.rest.client.keep-alive-enabled";

  @Produces
  @Singleton
  ProviderConnections connections(
      ProviderConfig config,
      Instance<OfflineProvider> offline,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    URI uri =
        switch (config.kind()) {
          case GROQ -> config.baseUrl();
          case SIMULATED -> offline.get().start();
        };
    return new ProviderConnections(
        api(config, uri, version, true), api(config, uri, version, false));
  }

  private static GroqApi api(ProviderConfig config, URI uri, String version, boolean keepAlive) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(uri)
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
    Optional<String> key =
        config.kind() == ProviderKind.SIMULATED ? Optional.of("offline") : config.apiKey();
    Optional<String> bearer = key.filter(k -> !k.isBlank()).map("Bearer "::concat);
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
