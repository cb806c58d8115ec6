package io.burnish.models.health;

import io.burnish.provider.fault.ProviderFault;
import java.time.Duration;
import java.time.Instant;

/**
 * The change of a model's health by a fault.
 *
 * @param at the time of the change; the cooldown is counted from it
 */
record HealthTransition(String model, ProviderFault fault, Health was, Health is, Instant at) {

  /** Whether work moves to another model. */
  boolean failsOver() {
    return !is.lastFailover().equals(was.lastFailover());
  }

  /** Whether the model is in a cooldown now, and was in none before. */
  boolean startsCooldown() {
    return !was.isCoolingDown(at) && is.isCoolingDown(at);
  }

  /** Length of the cooldown. */
  Duration cooldownTime() {
    return Duration.between(at, is.cooldown().until());
  }
}
