package io.burnish.provider;

import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.ProviderKind;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Stops the start without a key at Groq's own address, because no job could be processed; other
 * endpoints may need no key. Stops it as well when the simulated provider has Groq's address.
 */
@ApplicationScoped
class CredentialsCheck {

  void atStart(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
      ProviderConfig config) {
    MissingKeyException.throwIfMissing(config);
    if (config.kind() == ProviderKind.SIMULATED && config.isGroqItself()) {
      throw new IllegalStateException(
          "BURNISH_PROVIDER=simulated, but burnish.provider.base-url is Groq's address: the offline provider was not started before the application");
    }
  }
}
