package io.burnish.observability;

import io.burnish.provider.wire.ProviderConfig;
import io.burnish.tracking.Tracking;
import io.burnish.tracking.TrackingDeletion;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** At start, before any work: logs the provider, and deletes tracking if the settings say so. */
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
              "SIMULATED provider: answers come from rules, not from a model. For answers of a model set GROQ_API_KEY and BURNISH_PROVIDER=groq");
    }
    if (reset) {
      LOG.warnf(
          "RESET_GROQ_TRACKING is set: tracking of %d contents deleted; unset it, or every start deletes tracking",
          tracking.delete(TrackingDeletion.EVERYTHING));
    }
  }
}
