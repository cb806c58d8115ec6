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

/** Makes the chain from configuration, and the clock by which models rest. */
@Dependent
class ModelsProducer {

  @Produces
  @Singleton
  ModelChain chain(
      ModelsConfig config,
      ProviderConfig provider,
      Clock clock,
      GoneModels goneModels,
      Quotas quotas) {
    ModelChain.Witness witness =
        new ModelChain.Witness() {
          @Override
          public void gone(String model, String reason) {
            goneModels.add(model, reason);
          }

          @Override
          public void rests(String model, Duration rest, String reason) {
            quotas.pause(model, rest, reason);
          }
        };
    ModelChain chain =
        new ModelChain(
            config.preference().stream().map(name -> ModelNames.of(provider.kind(), name)).toList(),
            config,
            clock,
            witness);
    quotas.open(chain.models(), provider.kind() == ProviderKind.SIMULATED);
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
