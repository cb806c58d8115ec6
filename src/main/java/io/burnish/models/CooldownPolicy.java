package io.burnish.models;

import io.burnish.models.Cooldown.Cause;
import io.burnish.provider.ProviderFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a fault makes of a model's health: how long its cooldown is. Thread-safe; changes nothing.
 */
final class CooldownPolicy {

  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final Duration FIRST_REST_AFTER_REFUSALS = Duration.ofSeconds(1);

  /**
   * Different calls that are refused in a row, for what they ask, before that counts as the
   * model's: one record can draw two by itself, when its call is divided.
   */
  private static final int REFUSALS = 3;

  private static final int DOUBLINGS = 6;

  private final ModelsConfig config;
  private final Clock clock;

  CooldownPolicy(ModelsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** A limit was reached: as long as the provider says; longer after several in a row. */
  Health throttled(Health was, ProviderFault fault) {
    int inARow = was.throttledInARow() + 1;
    boolean switches = inARow >= config.throttledInARow();
    Duration asked = fault.waitTime().orElse(config.rest());
    Duration rest = switches ? longer(asked, config.rest()) : asked;
    Cooldown cooldown = rest(was, rest, Cause.LIMIT, "rate limit: " + fault.getMessage());
    Health counted = was.withCounts(switches ? 0 : inARow, was.failedInARow(), was.refusedInARow());
    return switches ? counted.withCooldown(cooldown, switched(fault)) : counted.withPause(cooldown);
  }

  /** The provider can't answer now: longer each time, and as long as it says, within bounds. */
  Health failed(Health was, ProviderFault fault) {
    int inARow = inARow(was, was.failedInARow());
    Duration asked = shorter(fault.waitTime().orElse(Duration.ZERO), config.longestAbsence());
    Duration rest = longer(asked, doubled(FIRST_REST, inARow, config.longestRest()));
    boolean switches = !isCoolingDown(was) && inARow == config.throttledInARow();
    return was.withCounts(was.throttledInARow(), inARow, was.refusedInARow())
        .withCooldown(
            rest(was, rest, Cause.FAILURE, String.valueOf(fault.getMessage())),
            switches ? switched(fault) : was.lastFailover());
  }

  /** A call was refused for what it asks; several in a row are no accident of their records. */
  Health refused(Health was, ProviderFault fault) {
    if (isCoolingDown(was)) {
      return was;
    }
    int inARow = was.refusedInARow() + 1;
    Health counted = was.withCounts(was.throttledInARow(), was.failedInARow(), inARow);
    if (inARow < REFUSALS) {
      return counted;
    }
    Duration rest =
        doubled(
            FIRST_REST_AFTER_REFUSALS, inARow - REFUSALS + 1, config.longestRestAfterRefusals());
    String reason = "every call is refused: " + fault.getMessage();
    return counted.withCooldown(
        rest(was, rest, Cause.REFUSAL, reason),
        inARow == REFUSALS ? switched(fault) : was.lastFailover());
  }

  /** A person has to open the model to this account: looked at soon, then less and less often. */
  Health blocked(Health was, ProviderFault fault) {
    int inARow = inARow(was, was.failedInARow());
    Duration rest = doubled(config.outageRest(), inARow, config.longestAbsence());
    return was.withCounts(0, inARow, 0)
        .withCooldown(
            rest(was, rest, Cause.BLOCKED, "not open to this account: " + fault.getMessage()),
            isCoolingDown(was) ? was.lastFailover() : switched(fault));
  }

  /** Every model meets the same; calls that were in flight then do not make it longer. */
  Health accountRefused(Health was, ProviderFault fault) {
    if (isCoolingDown(was) && was.cooldown().cause() == Cause.ACCOUNT) {
      return was;
    }
    String reason = "the account is refused: " + fault.getMessage();
    Instant until = clock.instant().plus(config.outageRest());
    return was.withCounts(0, 0, 0)
        .withCooldown(new Cooldown(Cause.ACCOUNT, until, reason), was.lastFailover());
  }

  boolean isCoolingDown(Health health) {
    return !health.cooldown().isOver(clock.instant());
  }

  /** Calls that were in flight together fail together: one failure, not many. */
  private int inARow(Health was, int before) {
    return Math.max(1, before + (isCoolingDown(was) ? 0 : 1));
  }

  private Cooldown rest(Health was, Duration rest, Cause cause, String reason) {
    Instant until = clock.instant().plus(rest);
    Instant before = was.cooldown().until();
    return new Cooldown(cause, until.isAfter(before) ? until : before, reason);
  }

  private Optional<Failover> switched(ProviderFault fault) {
    return Optional.of(new Failover(clock.instant(), String.valueOf(fault.getMessage())));
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
