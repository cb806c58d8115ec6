package io.burnish.models;

import io.burnish.models.health.Cooldown.Cause;
import io.burnish.models.health.CooldownPolicy;
import io.burnish.models.health.Failover;
import io.burnish.models.health.Health;
import io.burnish.models.health.HealthTracker;
import io.burnish.models.health.HealthTracker.EndedCall;
import io.burnish.models.health.ModelEventLog;
import io.burnish.models.health.ModelEvents;
import io.burnish.models.health.ModelHealthRegistry;
import io.burnish.models.health.ModelStatuses;
import io.burnish.models.health.ModelsConfig;
import io.burnish.models.health.Preference;
import io.burnish.provider.fault.ProviderFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models that can be called, in order of preference, and how many calls each may get. A model
 * is in a cooldown after too many rate limits in a row, failures or refusals; a decommissioned one
 * is never called again. Thread-safe.
 *
 * <p><b>How calls are counted.</b> After the start or a cooldown, a model gets only a few calls at
 * once ({@link #slowStartLimit}). So each call is counted from its begin to its end: {@link
 * Admission} counts the calls that it admits ({@link #began}) and removes those that are returned
 * ({@link #notSent}). {@link ChatGateway} counts each HTTP call that was not admitted, such as a
 * retry or a fallback ({@link #tryBegin}), and ends every call by {@link #answered}, {@link
 * #faulted} or {@link #notSent}. A call whose end is not reported counts for three minutes.
 */
public final class ModelChain {

  /** A model that answered within this time works: what it refuses is the fault of the record. */
  private static final Duration RECENTLY = Duration.ofMinutes(10);

  private final Preference preference;
  private final Clock clock;
  private final ModelEventLog log;
  private final ModelHealthRegistry registry;
  private final HealthTracker tracker;
  private final ModelStatuses statuses;
  private final ModelWaits waits;

  ModelChain(List<String> preference, ModelsConfig config, Clock clock, ModelEvents events) {
    this.preference = new Preference(preference);
    this.clock = clock;
    this.registry = new ModelHealthRegistry(clock);
    this.log = new ModelEventLog(events);
    this.tracker =
        new HealthTracker(this.preference, new CooldownPolicy(config), registry, log, clock);
    this.statuses = new ModelStatuses(this.preference, registry, clock);
    this.waits = new ModelWaits(this.preference, registry, config, clock);
  }

  /** The first model that can be called; empty when none can be called now. */
  public Optional<String> first() {
    return usable().stream().findFirst();
  }

  /** The first model that can get one more call now and was not tried; empty when there is none. */
  Optional<String> next(Set<String> tried) {
    return usable().stream()
        .filter(model -> !tried.contains(model) && slowStartLimit(model) > 0)
        .findFirst();
  }

  /** A call goes on to the next model, because this one met a fault. */
  void fellBack(String model, ProviderFault fault) {
    log.fellBack(model, fault);
  }

  /** The models that can be called now, in order of preference. */
  List<String> usable() {
    return preference.remaining().stream().filter(model -> !isCoolingDown(model)).toList();
  }

  /** The models that are not decommissioned, in order of preference. */
  public List<String> models() {
    return preference.remaining();
  }

  /** The model's place in the order of preference, from 0; below 0 when it is not configured. */
  int place(String model) {
    return preference.place(model);
  }

  boolean isCoolingDown(String model) {
    return registry.of(model).isCoolingDown(clock.instant());
  }

  /** Whether no call failed or was refused since the last answer. */
  boolean isHealthy(String model) {
    return !registry.of(model).isUnhealthy();
  }

  /**
   * How many more calls may begin now: four in all before the first result, one after a cooldown,
   * twice as many with each answer, and {@code Integer.MAX_VALUE} after five. Never below 0.
   */
  int slowStartLimit(String model) {
    return registry.slowStartLimit(model);
  }

  /** Counts calls that were admitted; each one ends by itself. */
  void began(String model, int calls) {
    registry.began(model, calls);
  }

  /** Counts a call that was not admitted; false when none may begin now. */
  boolean tryBegin(String model) {
    return registry.tryBegin(model);
  }

  /** Removes calls that were counted and not sent. */
  void notSent(String model, int calls) {
    registry.notSent(model, calls);
  }

  /** The fault of a call that is not sent now; it forbids a retry. */
  ProviderFault unavailable(String model) {
    return registry.of(model).cooldown().unsentCall(model, clock.instant());
  }

  /**
   * How long the records of a call wait that met this fault: until a model can be called or, at a
   * rate limit, as long as the provider says. The quotas decide what follows.
   */
  public Duration waitAfter(ProviderFault fault) {
    return waits.after(fault);
  }

  /** When models can be called that are in a cooldown. */
  ModelWaits waits() {
    return waits;
  }

  /**
   * Whether the model answered a call of this replica within the last ten minutes, and is in no
   * cooldown for failures or refusals. A call that it refuses then is refused for its record.
   */
  public boolean answeredRecently(String model) {
    Health health = registry.of(model);
    boolean failing =
        health.isCoolingDown(clock.instant()) && health.cooldown().cause() != Cause.LIMIT;
    return !failing && answeredWithin(model, RECENTLY);
  }

  /** Whether the model answered a call of this replica within that time. */
  public boolean answeredWithin(String model, Duration time) {
    Instant last = registry.of(model).lastAnswer();
    return !last.equals(Instant.MIN) && last.isAfter(clock.instant().minus(time));
  }

  /** Records an answer. */
  void answered(String model) {
    tracker.answered(model);
  }

  /**
   * Records a fault.
   *
   * @return whether the call may be retried: no other call began the cooldown of the model
   */
  boolean faulted(String model, ProviderFault fault, EndedCall call) {
    return tracker.faulted(model, fault, call);
  }

  /** The time by the clock of the cooldowns. */
  Instant now() {
    return clock.instant();
  }

  /** Takes over that the model was decommissioned before this start, or by another replica. */
  void markDecommissioned(String model, String reason) {
    if (preference.place(model) >= 0
        && preference.decommission(model, new Failover(clock.instant(), reason))) {
      log.alreadyDecommissioned(model, reason);
    }
  }

  /** Removes a model from the order of preference until it is reset. */
  void decommission(String model, String reason) {
    tracker.decommission(model, reason);
  }

  /** Removes all that is known of the model, as at a first start. */
  void reset(String model) {
    preference.reinstate(model);
    registry.reset(model);
  }

  /** The view for health checks, metrics and the API. */
  ModelStatuses statuses() {
    return statuses;
  }
}
