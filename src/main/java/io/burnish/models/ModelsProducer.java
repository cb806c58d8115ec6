package io.burnish.models;

import io.burnish.provider.ModelNames;
import io.burnish.provider.ProviderConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the chain from configuration, and the clock by which models rest. */
@Dependent
class ModelsProducer {

  @Produces
  @Singleton
  ModelChain chain(
      ModelsConfig config, ProviderConfig provider, Clock clock, GoneModels goneModels) {
    ModelChain chain =
        new ModelChain(
            config.preference().stream().map(name -> ModelNames.of(provider.kind(), name)).toList(),
            config,
            clock,
            goneModels::add);
    goneModels.all().forEach(chain::knownGone);
    return chain;
  }

  /**
   * Tells how long ago and how long until, within this replica only: what is stored has the
   * database's time.
   */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
