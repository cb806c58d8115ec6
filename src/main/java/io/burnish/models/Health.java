package io.burnish.models;

import java.time.Instant;
import java.util.Optional;

/**
 * How a model has been answering. What a fault makes of it is {@link CooldownPolicy}'s to say.
 *
 * @param throttledInARow refusals by a limit since its last answer or switch
 * @param failedInARow failures since its last answer; calls that fail together count once
 * @param refusedInARow calls refused for what they ask since its last answer; the same
 * @param answeredInARow answers since its last cooldown, or since the start
 * @param firstCalls calls that it may have at once before the first of those answers
 * @param rest its last cooldown, over or not
 * @param lastSwitch when work was last taken from it; empty: never
 * @param lastAnswer when it last answered; {@code Instant.MIN}: never since the start
 */
record Health(
    int throttledInARow,
    int failedInARow,
    int refusedInARow,
    int answeredInARow,
    int firstCalls,
    Cooldown rest,
    Optional<Failover> lastSwitch,
    Instant lastAnswer) {

  /** Answers in a row after which a model may have any number of calls. */
  private static final int TRUSTED = 5;

  /** Calls at once to a model that was never heard from: enough to find out, too few to matter. */
  private static final int AT_FIRST = 4;

  /** A model that was not asked yet. */
  static final Health UNHEARD =
      new Health(0, 0, 0, 0, AT_FIRST, Cooldown.NONE, Optional.empty(), Instant.MIN);

  Health answered(Instant now) {
    int answers = Math.min(TRUSTED, answeredInARow + 1);
    return new Health(0, 0, 0, answers, firstCalls, Cooldown.NONE, lastSwitch, now);
  }

  /** The same in a cooldown, after which it begins again with one call. */
  Health resting(Cooldown cooldown, Optional<Failover> switched) {
    return new Health(
        throttledInARow, failedInARow, refusedInARow, 0, 1, cooldown, switched, lastAnswer);
  }

  /** The same in a cooldown that says nothing of how many calls it can take. */
  Health paused(Cooldown cooldown) {
    return new Health(
        throttledInARow,
        failedInARow,
        refusedInARow,
        answeredInARow,
        firstCalls,
        cooldown,
        lastSwitch,
        lastAnswer);
  }

  /** The same with other counts. */
  Health counting(int throttled, int failed, int refused) {
    return new Health(
        throttled, failed, refused, answeredInARow, firstCalls, rest, lastSwitch, lastAnswer);
  }

  /** Calls that it may have at once: twice as many with each answer, one less with a refusal. */
  int allowance() {
    return answeredInARow >= TRUSTED
        ? Integer.MAX_VALUE
        : Math.max(1, (firstCalls << answeredInARow) - refusedInARow);
  }

  /** Whether it failed, or was refused something, and has not answered since. */
  boolean isTroubled() {
    return failedInARow > 0 || refusedInARow > 0;
  }
}
