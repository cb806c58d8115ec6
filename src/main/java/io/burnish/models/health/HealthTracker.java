package io.burnish.models.health;

import io.burnish.models.health.Cooldown.Cause;
import io.burnish.provider.fault.ModelUnavailable;
import io.burnish.provider.fault.ProviderFault;
import java.time.Clock;
import java.time.Instant;

/**
 * Records the result of each call, and starts the cooldown or the decommissioning that follows from
 * it. Thread-safe.
 */
public final class HealthTracker {

  private final Preference preference;
  private final CooldownPolicy policy;
  private final ModelHealthRegistry registry;
  private final ModelEventLog log;
  private final Clock clock;

  public HealthTracker(
      Preference preference,
      CooldownPolicy policy,
      ModelHealthRegistry registry,
      ModelEventLog log,
      Clock clock) {
    this.preference = preference;
    this.policy = policy;
    this.registry = registry;
    this.log = log;
    this.clock = clock;
  }

  /**
   * A call that ended.
   *
   * @param began when it was sent
   * @param divisible whether it was about several records
   */
  public record EndedCall(Instant began, boolean divisible) {}

  /** A model gave a usable answer: its failures in a row end. */
  public void answered(String model) {
    registry.ended(model);
    recordAnswer(model);
  }

  private void recordAnswer(String model) {
    Health was = registry.answered(model);
    Cause cause = was.cooldown().cause();
    if (cause != Cause.NONE && cause != Cause.LIMIT) {
      log.answersAgain(model, was.cooldown());
    }
  }

  /**
   * Records a fault.
   *
   * @return whether the call may be retried: no other call began the cooldown of the model
   */
  public boolean faulted(String model, ProviderFault fault, EndedCall call) {
    try {
      return recordFault(model, fault, call);
    } finally {
      // Last, so that no other call begins before the cooldown does.
      registry.ended(model);
    }
  }

  private HealthTransition changed(
      String model, ProviderFault fault, ModelHealthRegistry.Transition transition) {
    HealthTransition change = registry.faulted(model, fault, transition);
    if (change.startsCooldown()) {
      log.cooldownBegan(change);
    }
    return change;
  }

  private boolean recordFault(String model, ProviderFault fault, EndedCall call) {
    return switch (fault.kind()) {
      case THROTTLED -> log.throttled(changed(model, fault, policy::throttled));
      case OVERLOADED, UNREACHABLE -> log.failed(changed(model, fault, policy::failed));
      case TIMED_OUT ->
          !isModelAtFault(model, call) || log.failed(changed(model, fault, policy::failed));
      case REFUSED, UNSUPPORTED ->
          fault.accountAtFault()
              ? accountRefused(model, fault)
              : log.refused(changed(model, fault, policy::refused));
      case GONE -> {
        if (((ModelUnavailable) fault).isDecommissioned()) {
          decommission(model, String.valueOf(fault.getMessage()));
          yield false;
        }
        yield log.blocked(changed(model, fault, policy::blocked));
      }
      case TRUNCATED, UNUSABLE -> {
        // The answer is unusable, but the model answers.
        recordAnswer(model);
        yield true;
      }
      // The size of this request says nothing about the model.
      case TOO_LARGE -> true;
    };
  }

  /**
   * A timeout of a call about several records may mean that it is too large; a timeout while the
   * model answers other calls, that the record is too hard.
   */
  private boolean isModelAtFault(String model, EndedCall call) {
    return !call.divisible() && !registry.of(model).lastAnswer().isAfter(call.began());
  }

  /** One call at a time marks all models, so that the refusal is logged once. */
  private synchronized boolean accountRefused(String model, ProviderFault fault) {
    boolean isNew = false;
    for (String each : preference.all()) {
      HealthTransition change = changed(each, fault, policy::accountRefused);
      isNew |= each.equals(model) && change.is() != change.was();
    }
    if (isNew) {
      log.accountRefused(fault, registry.of(model).cooldown());
    }
    return false;
  }

  /** Removes a model from the order of preference until it is reset. */
  public void decommission(String model, String reason) {
    if (preference.decommission(model, new Failover(clock.instant(), reason))) {
      log.decommissioned(model, reason, preference.remaining());
    }
  }
}
