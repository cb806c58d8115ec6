package io.burnish.models;

import io.burnish.metrics.CallMeters;
import io.burnish.models.health.Cooldown;
import io.burnish.models.health.ModelEvents;
import io.burnish.models.health.ModelStates;
import io.burnish.models.health.ModelStatuses;
import io.burnish.models.health.ModelsConfig;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.wire.ModelNames;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.ProviderKind;
import io.burnish.quota.Quotas;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Produces the model chain from configuration, and the clock of the cooldowns. */
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
      Quotas quotas,
      CallMeters meters) {
    ModelChain chain =
        new ModelChain(
            config.preference().stream().map(name -> ModelNames.of(provider.kind(), name)).toList(),
            config,
            clock,
            new SharedEvents(states, quotas, meters));
    quotas.open(provider.endpoint(), chain.models(), provider.kind() == ProviderKind.SIMULATED);
    return chain;
  }

  @Produces
  @Singleton
  ModelStatuses statuses(ModelChain chain) {
    return chain.statuses();
  }

  /** For durations within this replica; what is stored has the time of the database. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Stores the events for other replicas, and counts them. */
  private record SharedEvents(ModelStates states, Quotas quotas, CallMeters meters)
      implements ModelEvents {

    @Override
    public void decommissioned(String model, String reason) {
      try {
        states.decommission(model, reason);
      } catch (RuntimeException e) {
        LOG.warnf(
            "Could not store that model %s is decommissioned: %s. It is detected again after a restart.",
            model, e.getMessage());
      }
    }

    @Override
    public void coolingDown(String model, Duration length, String reason) {
      quotas.pause(model, length, reason);
    }

    @Override
    public void cooldownBegan(String model, Cooldown.Cause cause) {
      meters.cooldown(model, cause.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void fellBack(String model, ProviderFault fault) {
      meters.fallback(model, fault.kind().word());
    }
  }
}
