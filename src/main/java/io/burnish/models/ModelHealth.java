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
final class ModelHealth {

  private final Preference preference;
  private final CooldownPolicy patience;
  private final ModelHealthRegistry healths;
  private final ModelEventLog news;
  private final Clock clock;

  ModelHealth(
      Preference preference,
      CooldownPolicy patience,
      ModelHealthRegistry healths,
      ModelEventLog news,
      Clock clock) {
    this.preference = preference;
    this.patience = patience;
    this.healths = healths;
    this.news = news;
    this.clock = clock;
  }

  /**
   * A call that ended.
   *
   * @param began when it was sent
   * @param divisible whether it was about several records
   */
  record Ended(Instant began, boolean divisible) {}

  void answered(String model) {
    healths.ended(model);
    heard(model);
  }

  private void heard(String model) {
    Health was = healths.answered(model);
    Cause cause = was.rest().cause();
    if (cause != Cause.NOTHING && cause != Cause.LIMIT) {
      news.answersAgain(model, was.rest());
    }
  }

  /**
   * A call met a fault.
   *
   * @return whether no cooldown of the model forbids to send the call again
   */
  boolean faulted(String model, ProviderFault fault, Ended call) {
    try {
      return noted(model, fault, call);
    } finally {
      // Last, so that no other call begins before the cooldown does.
      healths.ended(model);
    }
  }

  private boolean noted(String model, ProviderFault fault, Ended call) {
    return switch (fault.kind()) {
      case THROTTLED -> news.throttled(healths.faulted(model, fault, patience::throttled));
      case OVERLOADED, UNREACHABLE -> news.failed(healths.faulted(model, fault, patience::failed));
      case TIMED_OUT ->
          !saysSomethingOfTheModel(model, call)
              || news.failed(healths.faulted(model, fault, patience::failed));
      case REFUSED, UNSUPPORTED ->
          fault.accountAtFault()
              ? accountRefused(model, fault)
              : news.refused(healths.faulted(model, fault, patience::refused));
      case GONE -> {
        if (((ModelUnavailable) fault).isForGood()) {
          retire(model, String.valueOf(fault.getMessage()));
          yield false;
        }
        yield news.blocked(healths.faulted(model, fault, patience::blocked));
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
  private boolean saysSomethingOfTheModel(String model, Ended call) {
    return !call.divisible() && !healths.of(model).lastAnswer().isAfter(call.began());
  }

  private boolean accountRefused(String model, ProviderFault fault) {
    boolean isNews = false;
    for (String each : preference.all()) {
      HealthTransition change = healths.faulted(each, fault, patience::accountRefused);
      isNews |= each.equals(model) && change.is() != change.was();
    }
    if (isNews) {
      news.accountRefused(fault, healths.of(model).rest());
    }
    return false;
  }

  /** The model is decommissioned. */
  void retire(String model, String reason) {
    if (preference.retire(model, new Failover(clock.instant(), reason))) {
      news.decommissioned(model, reason, preference.left());
    }
  }
}
