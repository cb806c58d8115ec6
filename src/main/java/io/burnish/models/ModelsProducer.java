package io.burnish.models;

import io.burnish.provider.ModelNames;
import io.burnish.provider.ProviderConfig;
import io.burnish.provider.ProviderKind;
import io.burnish.quota.Quotas;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
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
    Witness witness =
        new Witness() {
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
    quotas.open(endpoint(provider), chain.models(), provider.kind() == ProviderKind.SIMULATED);
    goneModels.all().forEach(chain::knownGone);
    return chain;
  }

  /** The address that models are asked at, without user, password and query. */
  private static String endpoint(ProviderConfig provider) {
    URI url = provider.baseUrl();
    String authority = String.valueOf(url.getRawAuthority());
    return provider.kind() == ProviderKind.SIMULATED
        ? "simulated"
        : "%s://%s%s"
            .formatted(
                url.getScheme(),
                authority.substring(authority.lastIndexOf('@') + 1),
                String.valueOf(url.getRawPath()));
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
