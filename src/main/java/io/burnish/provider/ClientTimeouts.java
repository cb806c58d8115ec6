package io.burnish.provider;

import io.burnish.provider.wire.ProviderConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Sets the timeouts of the REST client, because {@code quarkus.rest-client} takes milliseconds only
 * and our settings are durations. Found by {@link java.util.ServiceLoader}.
 */
public final class ClientTimeouts implements RestClientListener {

  @Override
  public void onNewClient(Class<?> api, RestClientBuilder builder) {
    if (api == GroqApi.class || api == GroqApi.OnNewConnection.class) {
      ProviderConfig config =
          ConfigProvider.getConfig()
              .unwrap(SmallRyeConfig.class)
              .getConfigMapping(ProviderConfig.class);
      builder
          .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
