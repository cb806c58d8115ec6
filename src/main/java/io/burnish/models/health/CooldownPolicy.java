package io.burnish.models.health;

import io.burnish.models.health.Cooldown.Cause;
import io.burnish.provider.fault.ProviderFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a fault changes in a model's health, and how long the cooldown is. Stateless, thus
 * thread-safe; each method gets the time of the change.
 */
public final class CooldownPolicy {

  private static final Duration FIRST_COOLDOWN = Duration.ofMillis(500);
  private static final Duration FIRST_COOLDOWN_AFTER_REFUSALS = Duration.ofSeconds(1);

  /**
   * Refused calls in a row after which the model is at fault, not the records: one record can cause
   * two refusals, because its pack is split.
   */
  private static final int REFUSALS = 3;

  private static final int DOUBLINGS = 6;

  private final ModelsConfig config;

  /** The times are those of the settings. */
  public CooldownPolicy(ModelsConfig config) {
    this.config = config;
  }

  /** A rate limit: the cooldown is the wait that the provider names; longer after several. */
  Health throttled(Health was, ProviderFault fault, Instant now) {
    int inARow = was.throttledInARow() + 1;
    boolean failsOver = inARow >= config.throttledInARow();
    Duration named = fault.waitTime().orElse(config.rest());
    Duration length = failsOver ? longer(named, config.rest()) : named;
    Cooldown cooldown =
        cooldown(was, now.plus(length), Cause.LIMIT, "rate limit: " + fault.getMessage());
    Health counted =
        was.withCounts(failsOver ? 0 : inARow, was.failedInARow(), was.refusedInARow());
    return failsOver
        ? counted.withCooldown(cooldown, failover(fault, now))
        : counted.withPause(cooldown);
  }

  /**
   * A failure: the cooldown doubles each time, and is at least the wait that the provider names.
   */
  Health failed(Health was, ProviderFault fault, Instant now) {
    int inARow = inARow(was, was.failedInARow(), now);
    Duration named = shorter(fault.waitTime().orElse(Duration.ZERO), config.longestAbsence());
    Duration length = longer(named, doubled(FIRST_COOLDOWN, inARow, config.longestRest()));
    boolean failsOver = !was.isCoolingDown(now) && inARow == config.throttledInARow();
    return was.withCounts(was.throttledInARow(), inARow, was.refusedInARow())
        .withCooldown(
            cooldown(was, now.plus(length), Cause.FAILURE, String.valueOf(fault.getMessage())),
            failsOver ? failover(fault, now) : was.lastFailover());
  }

  /** A call refused for its content: a cooldown begins after {@link #REFUSALS} in a row. */
  Health refused(Health was, ProviderFault fault, Instant now) {
    if (was.isCoolingDown(now)) {
      return was;
    }
    int inARow = was.refusedInARow() + 1;
    Health counted = was.withCounts(was.throttledInARow(), was.failedInARow(), inARow);
    if (inARow < REFUSALS) {
      return counted;
    }
    Duration length =
        doubled(
            FIRST_COOLDOWN_AFTER_REFUSALS,
            inARow - REFUSALS + 1,
            config.longestRestAfterRefusals());
    String reason = "every call is refused: " + fault.getMessage();
    return counted.withCooldown(
        cooldown(was, now.plus(length), Cause.REFUSAL, reason),
        inARow == REFUSALS ? failover(fault, now) : was.lastFailover());
  }

  /** The model is not open to this account: tried again soon, then less and less often. */
  Health blocked(Health was, ProviderFault fault, Instant now) {
    int inARow = inARow(was, was.failedInARow(), now);
    Duration length = doubled(config.outageRest(), inARow, config.longestAbsence());
    String reason = "not open to this account: " + fault.getMessage();
    return was.withCounts(0, inARow, 0)
        .withCooldown(
            cooldown(was, now.plus(length), Cause.BLOCKED, reason),
            was.isCoolingDown(now) ? was.lastFailover() : failover(fault, now));
  }

  /** The account is refused: calls that were in flight then do not extend the cooldown. */
  Health accountRefused(Health was, ProviderFault fault, Instant now) {
    if (was.isCoolingDown(now) && was.cooldown().cause() == Cause.ACCOUNT) {
      return was;
    }
    String reason = "the account is refused: " + fault.getMessage();
    return was.withCounts(0, 0, 0)
        .withCooldown(
            new Cooldown(Cause.ACCOUNT, now.plus(config.outageRest()), reason), was.lastFailover());
  }

  /** Calls that were in flight together fail together, and count as one failure. */
  private static int inARow(Health was, int before, Instant now) {
    return Math.max(1, before + (was.isCoolingDown(now) ? 0 : 1));
  }

  /** A cooldown is never shortened by the next one. */
  private static Cooldown cooldown(Health was, Instant until, Cause cause, String reason) {
    Instant before = was.cooldown().until();
    return new Cooldown(cause, until.isAfter(before) ? until : before, reason);
  }

  private static Optional<Failover> failover(ProviderFault fault, Instant now) {
    return Optional.of(new Failover(now, String.valueOf(fault.getMessage())));
  }

  private static Duration doubled(Duration first, int inARow, Duration most) {
    return shorter(first.multipliedBy(1L << Math.min(inARow - 1, DOUBLINGS)), most);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
