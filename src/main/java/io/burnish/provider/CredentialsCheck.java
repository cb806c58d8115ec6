package io.burnish.provider;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Refuses to start without a key at Groq's own address: a service that takes jobs and can never
 * work on them is of no use. Other endpoints may need none. Refuses Groq's address for what is
 * labelled as simulated, too.
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
