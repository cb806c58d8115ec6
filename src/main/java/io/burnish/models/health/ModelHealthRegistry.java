package io.burnish.models.health;

import io.burnish.provider.fault.ProviderFault;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The health of each model, and its calls in flight. Thread-safe; changes are serialized. */
public final class ModelHealthRegistry {

  private final Map<String, Health> byModel = new HashMap<>();
  private final Map<String, CallsInFlight> inFlight = new HashMap<>();
  private final Clock clock;

  /** All models are healthy at first. */
  public ModelHealthRegistry(Clock clock) {
    this.clock = clock;
  }

  /** What a fault changes in a model's health. */
  @FunctionalInterface
  interface Transition {
    public Health of(Health was, ProviderFault fault, Instant now);
  }

  /** The health of a model; that of a new one at first. */
  public synchronized Health of(String model) {
    return byModel.getOrDefault(model, Health.UNKNOWN);
  }

  /** Restores the health of the start; calls in flight stay counted. */
  public synchronized void reset(String model) {
    byModel.remove(model);
  }

  /**
   * Records an answer.
   *
   * @return the health before it
   */
  synchronized Health answered(String model) {
    Health was = of(model);
    byModel.put(model, was.answered(clock.instant()));
    return was;
  }

  /** Records a fault. The clock is read once, so that a short cooldown is seen to begin. */
  synchronized HealthTransition faulted(String model, ProviderFault fault, Transition transition) {
    Instant now = clock.instant();
    Health was = of(model);
    Health is = transition.of(was, fault, now);
    byModel.put(model, is);
    return new HealthTransition(model, fault, was, is, now);
  }

  /** How many more calls may begin now. */
  public synchronized int slowStartLimit(String model) {
    int limit = of(model).slowStartLimit();
    return limit == Integer.MAX_VALUE
        ? limit
        : Math.max(0, limit - calls(model).count(clock.instant()));
  }

  /** Counts a call, unless the model is in a cooldown or its slow start allows no more calls. */
  public synchronized boolean tryBegin(String model) {
    boolean allowed = !of(model).isCoolingDown(clock.instant()) && slowStartLimit(model) > 0;
    if (allowed) {
      calls(model).began(1, clock.instant());
    }
    return allowed;
  }

  /** So many calls were admitted. */
  public synchronized void began(String model, int calls) {
    calls(model).began(calls, clock.instant());
  }

  /** So many admitted calls are not sent. */
  public synchronized void notSent(String model, int calls) {
    calls(model).notSent(calls);
  }

  synchronized void ended(String model) {
    calls(model).ended();
  }

  /** Calls in flight, of all models. */
  synchronized int callsInFlight() {
    return inFlight.values().stream().mapToInt(calls -> calls.count(clock.instant())).sum();
  }

  private CallsInFlight calls(String model) {
    return inFlight.computeIfAbsent(model, m -> new CallsInFlight());
  }
}
