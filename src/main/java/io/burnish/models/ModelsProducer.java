package io.burnish.models;

import io.burnish.provider.ModelNames;
import io.burnish.provider.ProviderConfig;
import io.burnish.provider.ProviderKind;
import io.burnish.quota.Quotas;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Makes the chain from configuration, and the clock by which models rest. */
@Dependent
class ModelsProducer {

  private static final Logger LOG = Logger.getLogger(ModelsProducer.class);

  @Produces
  @Singleton
  ModelChain chain(
      ModelsConfig config,
      ProviderConfig provider,
      Clock clock,
      ModelStates states,
      Quotas quotas) {
    ModelEvents events =
        new ModelEvents() {
          @Override
          public void decommissioned(String model, String reason) {
            try {
              states.decommission(model, reason);
            } catch (RuntimeException e) {
              LOG.warnf(
                  "That model %s is decommissioned could not be stored; it is found out again after a restart: %s",
                  model, e.getMessage());
            }
          }

          @Override
          public void coolingDown(String model, Duration rest, String reason) {
            quotas.pause(model, rest, reason);
          }
        };
    ModelChain chain =
        new ModelChain(
            config.preference().stream().map(name -> ModelNames.of(provider.kind(), name)).toList(),
            config,
            clock,
            events);
    quotas.open(provider.endpoint(), chain.models(), provider.kind() == ProviderKind.SIMULATED);
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
