package io.burnish.provider;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Refuses to start without the key: a service that takes jobs and can never work on them helps
 * nobody.
 */
@ApplicationScoped
class CredentialsCheck {

  void atStart(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
      ProviderConfig config) {
    if (config.kind() == ProviderKind.GROQ
        && config.apiKey().filter(key -> !key.isBlank()).isEmpty()) {
      throw new MissingKeyException();
    }
  }
}
