package io.burnish.observability;

import io.burnish.provider.ProviderConfig;
import io.burnish.tracking.Tracking;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What is said, and done, once at start, before any work begins. */
@ApplicationScoped
class StartupMessages {

  private static final Logger LOG = Logger.getLogger(StartupMessages.class);

  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event,
      ProviderConfig provider,
      Tracking tracking,
      @ConfigProperty(name = "burnish.tracking.reset-at-start") boolean reset) {
    switch (provider.kind()) {
      case GROQ -> LOG.infof("Provider: %s", provider.endpoint());
      case SIMULATED ->
          LOG.warn(
              "SIMULATED provider: answers are read by rules, not by a model. Set GROQ_API_KEY and BURNISH_PROVIDER=groq for real ones.");
    }
    if (reset) {
      LOG.warnf(
          "RESET_GROQ_TRACKING is set: %d contents that were decided before are forgotten; unset it, or each start forgets them",
          tracking.deleteAll());
    }
  }
}
