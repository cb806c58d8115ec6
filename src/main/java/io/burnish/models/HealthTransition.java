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
  boolean switches() {
    return !is.lastSwitch().equals(was.lastSwitch());
  }

  /** Whether it rests now, and did not before. */
  boolean beganToRest() {
    return was.rest().isOver(at) && !is.rest().isOver(at);
  }

  /** How long it rests from now. */
  Duration rest() {
    return Duration.between(at, is.rest().until());
  }
}
