package io.burnish.models;

import io.burnish.provider.ProviderFault;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** How each model has been answering. Changes are made one after the other. Thread-safe. */
final class Healths {

  private final Map<String, Health> byModel = new HashMap<>();
  private final Clock clock;

  Healths(Clock clock) {
    this.clock = clock;
  }

  /** What a fault makes of a model's health. */
  @FunctionalInterface
  interface Transition {
    Health of(Health was, ProviderFault fault);
  }

  synchronized Health of(String model) {
    return byModel.getOrDefault(model, Health.GOOD);
  }

  synchronized void answered(String model) {
    byModel.put(model, of(model).answered());
  }

  synchronized HealthChange faulted(String model, ProviderFault fault, Transition transition) {
    Health was = of(model);
    Health is = transition.of(was, fault);
    byModel.put(model, is);
    return new HealthChange(model, fault, was, is, clock.instant());
  }
}
