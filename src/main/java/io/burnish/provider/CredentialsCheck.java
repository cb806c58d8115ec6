package io.burnish.provider;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Refuses to start without a key at Groq's own address: a service that takes jobs and can never
 * work on them is of no use. Other endpoints may need none.
 */
@ApplicationScoped
class CredentialsCheck {

  void atStart(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
      ProviderConfig config) {
    MissingKeyException.throwIfMissing(config);
  }
}
