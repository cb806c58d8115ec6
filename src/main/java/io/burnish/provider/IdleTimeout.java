package io.burnish.provider;

import io.burnish.provider.wire.ProviderConfig;
import io.vertx.core.http.HttpClientOptions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.ContextResolver;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection without traffic for {@code burnish.provider.read-timeout}. The REST client's
 * own read timeout ends with the first byte; a body that stops coming would hold its thread.
 */
@Singleton
class IdleTimeout implements ContextResolver<HttpClientOptions> {

  private final ProviderConfig config;

  IdleTimeout(ProviderConfig config) {
    this.config = config;
  }

  @Override
  public HttpClientOptions getContext(Class<?> type) {
    return new HttpClientOptions()
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(config.readTimeout().toMillis()));
  }
}
