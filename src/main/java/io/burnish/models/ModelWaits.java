package io.burnish.models;

import io.burnish.models.health.Cooldown;
import io.burnish.models.health.ModelHealthRegistry;
import io.burnish.models.health.ModelsConfig;
import io.burnish.models.health.Preference;
import io.burnish.provider.fault.ProviderFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** When models can be called again: the ends of cooldowns. Thread-safe. */
final class ModelWaits {

  private final Preference preference;
  private final ModelHealthRegistry registry;
  private final ModelsConfig config;
  private final Clock clock;

  ModelWaits(
      Preference preference, ModelHealthRegistry registry, ModelsConfig config, Clock clock) {
    this.preference = preference;
    this.registry = registry;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Whether any model can be called.
   *
   * @param isAvailable whether one can be called now
   * @param until when the first one can be called; now if one can be called now
   * @param reason why none can be called now; empty text if one can
   * @param noModelLeft whether all are decommissioned, so that waiting does not help
   */
  record Availability(boolean isAvailable, Instant until, String reason, boolean noModelLeft) {}

  /** A model in a cooldown. */
  record CoolingDown(String model, Cooldown cooldown) {}

  /** The eligible model whose cooldown ends first; empty when none is in a cooldown. */
  Optional<CoolingDown> soonestCooldown(Predicate<String> eligible) {
    return preference.remaining().stream()
        .filter(eligible)
        .filter(model -> registry.of(model).isCoolingDown(clock.instant()))
        .map(model -> new CoolingDown(model, registry.of(model).cooldown()))
        .min(Comparator.comparing(model -> model.cooldown().until()));
  }

  /** Whether any model can be called now, or when. */
  Availability availability() {
    Instant now = clock.instant();
    return preference.remaining().stream()
        .map(model -> registry.of(model).cooldown())
        .min(Comparator.comparing(Cooldown::until))
        .map(
            soonest ->
                soonest.isOver(now)
                    ? new Availability(true, now, "", false)
                    : new Availability(false, soonest.until(), soonest.reason(), false))
        .orElseGet(
            () ->
                new Availability(
                    false,
                    now.plus(config.outageRest()),
                    "all of the models %s are decommissioned; set BURNISH_MODELS"
                        .formatted(preference.all()),
                    true));
  }

  /**
   * How long the records of a call wait that met this fault: until a model can be called or, at a
   * rate limit, as long as the provider says. The quotas decide what follows.
   */
  Duration after(ProviderFault fault) {
    Availability availability = availability();
    if (!availability.isAvailable()) {
      Duration wait = Duration.between(clock.instant(), availability.until());
      return wait.isNegative() ? Duration.ZERO : wait;
    }
    return fault.kind() == ProviderFault.Kind.THROTTLED
        ? fault
            .waitTime()
            .filter(wait -> wait.compareTo(config.longestWait()) < 0)
            .orElse(config.longestWait())
        : Duration.ZERO;
  }
}
