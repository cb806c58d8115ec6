package io.burnish.models;

import io.burnish.provider.ProviderFault;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * How each model has been answering, and how many calls to it are out. Changes are made one after
 * the other. Thread-safe.
 */
final class ModelHealthRegistry {

  private final Map<String, Health> byModel = new HashMap<>();
  private final Map<String, CallsInFlight> out = new HashMap<>();
  private final Clock clock;

  ModelHealthRegistry(Clock clock) {
    this.clock = clock;
  }

  /** What a fault makes of a model's health. */
  @FunctionalInterface
  interface Transition {
    Health of(Health was, ProviderFault fault);
  }

  synchronized Health of(String model) {
    return byModel.getOrDefault(model, Health.UNKNOWN);
  }

  /** What is known of the model is as at the start; its calls that are out still are. */
  synchronized void reset(String model) {
    byModel.remove(model);
  }

  /**
   * The model answered.
   *
   * @return how it was before
   */
  synchronized Health answered(String model) {
    Health was = of(model);
    byModel.put(model, was.answered(clock.instant()));
    return was;
  }

  synchronized HealthTransition faulted(String model, ProviderFault fault, Transition transition) {
    Health was = of(model);
    Health is = transition.of(was, fault);
    byModel.put(model, is);
    return new HealthTransition(model, fault, was, is, clock.instant());
  }

  /** How many more calls to the model may begin now. */
  synchronized int slowStartLimit(String model) {
    int allowance = of(model).slowStartLimit();
    return allowance == Integer.MAX_VALUE
        ? allowance
        : Math.max(0, allowance - calls(model).count(clock.instant()));
  }

  /** Counts a call, when the model is not in a cooldown and may have one more. */
  synchronized boolean tryBegin(String model) {
    boolean may = of(model).cooldown().isOver(clock.instant()) && slowStartLimit(model) > 0;
    if (may) {
      calls(model).began(1, clock.instant());
    }
    return may;
  }

  synchronized void began(String model, int calls) {
    calls(model).began(calls, clock.instant());
  }

  synchronized void notSent(String model, int calls) {
    calls(model).notSent(calls);
  }

  synchronized void ended(String model) {
    calls(model).ended();
  }

  /** Calls that began and have not ended, of all models. */
  synchronized int callsInFlight() {
    return out.values().stream().mapToInt(calls -> calls.count(clock.instant())).sum();
  }

  private CallsInFlight calls(String model) {
    return out.computeIfAbsent(model, m -> new CallsInFlight());
  }
}
