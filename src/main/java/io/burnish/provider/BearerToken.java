package io.burnish.provider;

import io.burnish.provider.wire.ProviderConfig;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/** Sends {@code GROQ_API_KEY} as a bearer token; without a key there is no such header. */
@Singleton
class BearerToken implements ClientHeadersFactory {

  private final ProviderConfig config;

  BearerToken(ProviderConfig config) {
    this.config = config;
  }

  @Override
  public MultivaluedMap<String, String> update(
      MultivaluedMap<String, String> incoming, MultivaluedMap<String, String> outgoing) {
    MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
    config
        .apiKey()
        .filter(key -> !key.isBlank())
        .ifPresent(key -> headers.putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + key));
    return headers;
  }
}
