package io.burnish.models;

import io.burnish.models.Cooldown.Cause;
import io.burnish.provider.ModelUnavailable;
import io.burnish.provider.ProviderFault;
import java.time.Clock;
import java.time.Instant;

/**
 * Takes note of what calls met, and says what it means for the model: nothing, a cooldown, or that
 * it is out for good. Plain and thread-safe.
 */
final class HealthTracker {

  private final Preference preference;
  private final CooldownPolicy policy;
  private final ModelHealthRegistry registry;
  private final ModelEventLog log;
  private final Clock clock;

  HealthTracker(
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
  record EndedCall(Instant began, boolean divisible) {}

  void answered(String model) {
    registry.ended(model);
    heard(model);
  }

  private void heard(String model) {
    Health was = registry.answered(model);
    Cause cause = was.cooldown().cause();
    if (cause != Cause.NOTHING && cause != Cause.LIMIT) {
      log.answersAgain(model, was.cooldown());
    }
  }

  /**
   * A call met a fault.
   *
   * @return whether no cooldown of the model forbids to send the call again
   */
  boolean faulted(String model, ProviderFault fault, EndedCall call) {
    try {
      return noted(model, fault, call);
    } finally {
      // Last, so that no other call begins before the cooldown does.
      registry.ended(model);
    }
  }

  private boolean noted(String model, ProviderFault fault, EndedCall call) {
    return switch (fault.kind()) {
      case THROTTLED -> log.throttled(registry.faulted(model, fault, policy::throttled));
      case OVERLOADED, UNREACHABLE -> log.failed(registry.faulted(model, fault, policy::failed));
      case TIMED_OUT ->
          !saysSomethingOfTheModel(model, call)
              || log.failed(registry.faulted(model, fault, policy::failed));
      case REFUSED, UNSUPPORTED ->
          fault.accountAtFault()
              ? accountRefused(model, fault)
              : log.refused(registry.faulted(model, fault, policy::refused));
      case GONE -> {
        if (((ModelUnavailable) fault).isDecommissioned()) {
          decommission(model, String.valueOf(fault.getMessage()));
          yield false;
        }
        yield log.blocked(registry.faulted(model, fault, policy::blocked));
      }
      case TRUNCATED, UNUSABLE -> {
        // No good as an answer, but an answer: the model works.
        heard(model);
        yield true;
      }
      // It says something of this request, nothing of the model's health.
      case TOO_LARGE -> true;
    };
  }

  /**
   * A call about several records may be too much at once, and one about a record too hard, while
   * others are answered.
   */
  private boolean saysSomethingOfTheModel(String model, EndedCall call) {
    return !call.divisible() && !registry.of(model).lastAnswer().isAfter(call.began());
  }

  private boolean accountRefused(String model, ProviderFault fault) {
    boolean isNews = false;
    for (String each : preference.all()) {
      HealthTransition change = registry.faulted(each, fault, policy::accountRefused);
      isNews |= each.equals(model) && change.is() != change.was();
    }
    if (isNews) {
      log.accountRefused(fault, registry.of(model).cooldown());
    }
    return false;
  }

  /** The model is decommissioned. */
  void decommission(String model, String reason) {
    if (preference.decommission(model, new Failover(clock.instant(), reason))) {
      log.decommissioned(model, reason, preference.remaining());
    }
  }
}
