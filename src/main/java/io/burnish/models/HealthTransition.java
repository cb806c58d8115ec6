package io.burnish.models;

import io.burnish.provider.ProviderFault;
import java.time.Duration;
import java.time.Instant;

/**
 * A fault made of a model's health what it is now.
 *
 * @param at when
 */
record HealthTransition(String model, ProviderFault fault, Health was, Health is, Instant at) {

  /** Whether work was taken from the model by this. */
  boolean failsOver() {
    return !is.lastFailover().equals(was.lastFailover());
  }

  /** Whether it rests now, and did not before. */
  boolean startsCooldown() {
    return was.cooldown().isOver(at) && !is.cooldown().isOver(at);
  }

  /** How long it rests from now. */
  Duration cooldownTime() {
    return Duration.between(at, is.cooldown().until());
  }
}
