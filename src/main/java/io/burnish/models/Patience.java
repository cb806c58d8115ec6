package io.burnish.models;

import io.burnish.models.Rest.Cause;
import io.burnish.provider.ProviderFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a fault makes of a model's health: for how long it rests. Thread-safe; changes nothing. */
final class Patience {

  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final int DOUBLINGS = 6;

  private final ModelsConfig config;
  private final Clock clock;

  Patience(ModelsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** A limit was reached: as long as the provider says; longer after several in a row. */
  Health throttled(Health was, ProviderFault fault) {
    int inARow = was.throttledInARow() + 1;
    boolean switches = inARow >= config.throttledInARow();
    Duration asked = fault.waitTime().orElse(config.rest());
    Duration rest = switches ? longer(asked, config.rest()) : asked;
    return new Health(
        switches ? 0 : inARow,
        was.failedInARow(),
        switches ? 0 : was.answeredInARow(),
        rest(was, rest, Cause.LIMIT, "throttled: " + fault.getMessage()),
        switches ? switched(fault) : was.lastSwitch());
  }

  /** The provider can't just now: longer each time, and as long as it says, within bounds. */
  Health failed(Health was, ProviderFault fault) {
    int inARow = failedInARow(was);
    Duration asked = shorter(fault.waitTime().orElse(Duration.ZERO), config.longestAbsence());
    Duration rest = longer(asked, doubled(FIRST_REST, inARow, config.longestRest()));
    boolean switches = !rests(was) && inARow == config.throttledInARow();
    return new Health(
        was.throttledInARow(),
        inARow,
        0,
        rest(was, rest, Cause.FAILURE, String.valueOf(fault.getMessage())),
        switches ? switched(fault) : was.lastSwitch());
  }

  /** A person has to open the model to this account: looked at soon, then less and less often. */
  Health blocked(Health was, ProviderFault fault) {
    int inARow = failedInARow(was);
    Duration rest = doubled(config.outageRest(), inARow, config.longestAbsence());
    return new Health(
        0,
        inARow,
        0,
        rest(was, rest, Cause.BLOCKED, "not open to this account: " + fault.getMessage()),
        rests(was) ? was.lastSwitch() : switched(fault));
  }

  /** Every model meets the same. */
  Health accountRefused(Health was, ProviderFault fault) {
    String reason = "the account is refused: " + fault.getMessage();
    Instant until = clock.instant().plus(config.outageRest());
    return new Health(0, 0, 0, new Rest(Cause.ACCOUNT, until, reason), was.lastSwitch());
  }

  boolean rests(Health health) {
    return !health.rest().isOver(clock.instant());
  }

  /** Calls that were in flight together fail together: one failure, not many. */
  private int failedInARow(Health was) {
    return Math.max(1, was.failedInARow() + (rests(was) ? 0 : 1));
  }

  private Rest rest(Health was, Duration rest, Cause cause, String reason) {
    Instant until = clock.instant().plus(rest);
    Instant before = was.rest().until();
    return new Rest(cause, until.isAfter(before) ? until : before, reason);
  }

  private Optional<Switch> switched(ProviderFault fault) {
    return Optional.of(new Switch(clock.instant(), String.valueOf(fault.getMessage())));
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
