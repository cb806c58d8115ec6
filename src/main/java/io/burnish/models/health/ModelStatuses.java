package io.burnish.models.health;

import io.burnish.models.health.Cooldown.Cause;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What health checks, metrics and the API show of the models. Read only and thread-safe. */
public final class ModelStatuses {

  private final Preference preference;
  private final ModelHealthRegistry registry;
  private final Clock clock;

  /** The models of the preference, in its order. */
  public ModelStatuses(Preference preference, ModelHealthRegistry registry, Clock clock) {
    this.preference = preference;
    this.registry = registry;
    this.clock = clock;
  }

  /** The status of each model, in order of preference. */
  public List<ModelStatus> all() {
    return preference.all().stream().map(this::status).toList();
  }

  private ModelStatus status(String model) {
    Health health = registry.of(model);
    Optional<Failover> decommissioned = preference.decommissioned(model);
    Optional<Cooldown> cooldown =
        Optional.of(health.cooldown()).filter(c -> !c.isOver(clock.instant()));
    return new ModelStatus(
        model,
        preference.place(model),
        decommissioned.isPresent(),
        cooldown.map(Cooldown::until),
        decommissioned.map(Failover::cause).or(() -> cooldown.map(Cooldown::reason)).orElse(""),
        health.throttledInARow(),
        decommissioned.or(health::lastFailover));
  }

  /** Names of the decommissioned models. */
  public Set<String> decommissioned() {
    return preference.decommissioned();
  }

  /**
   * Names that are unknown at this address, or not open to this account. They are tried again after
   * each cooldown; an answer removes them from this list.
   */
  public List<String> blocked() {
    return preference.remaining().stream()
        .filter(model -> registry.of(model).cooldown().cause() == Cause.BLOCKED)
        .toList();
  }

  /**
   * Whether the provider refused the key or the account, and no model answered or met another fault
   * since. False when no model is left.
   */
  public boolean isAccountRefused() {
    List<String> remaining = preference.remaining();
    return !remaining.isEmpty()
        && remaining.stream()
            .allMatch(model -> registry.of(model).cooldown().cause() == Cause.ACCOUNT);
  }

  /** Calls in flight at this replica, of all models. */
  public int callsInFlight() {
    return registry.callsInFlight();
  }
}
