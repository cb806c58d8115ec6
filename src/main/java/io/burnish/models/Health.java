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
 * @param initialCalls calls that it may have at once before the first of those answers
 * @param rest its last cooldown, over or not
 * @param lastFailover when work was last taken from it; empty: never
 * @param lastAnswer when it last answered; {@code Instant.MIN}: never since the start
 */
record Health(
    int throttledInARow,
    int failedInARow,
    int refusedInARow,
    int answeredInARow,
    int initialCalls,
    Cooldown cooldown,
    Optional<Failover> lastFailover,
    Instant lastAnswer) {

  /** Answers in a row after which a model may have any number of calls. */
  private static final int ANSWERS_TO_FULL_SPEED = 5;

  /** Calls at once to a model that was never heard from: enough to find out, too few to matter. */
  private static final int INITIAL_CALLS = 4;

  /** A model that was not asked yet. */
  static final Health UNKNOWN =
      new Health(0, 0, 0, 0, INITIAL_CALLS, Cooldown.NONE, Optional.empty(), Instant.MIN);

  Health answered(Instant now) {
    int answers = Math.min(ANSWERS_TO_FULL_SPEED, answeredInARow + 1);
    return new Health(0, 0, 0, answers, initialCalls, Cooldown.NONE, lastFailover, now);
  }

  /** The same in a cooldown, after which it begins again with one call. */
  Health withCooldown(Cooldown cooldown, Optional<Failover> switched) {
    return new Health(
        throttledInARow, failedInARow, refusedInARow, 0, 1, cooldown, switched, lastAnswer);
  }

  /** The same in a cooldown that says nothing of how many calls it can take. */
  Health withPause(Cooldown cooldown) {
    return new Health(
        throttledInARow,
        failedInARow,
        refusedInARow,
        answeredInARow,
        initialCalls,
        cooldown,
        lastFailover,
        lastAnswer);
  }

  /** The same with other counts. */
  Health withCounts(int throttled, int failed, int refused) {
    return new Health(
        throttled,
        failed,
        refused,
        answeredInARow,
        initialCalls,
        cooldown,
        lastFailover,
        lastAnswer);
  }

  /** Calls that it may have at once: twice as many with each answer, one less with a refusal. */
  int slowStartLimit() {
    return answeredInARow >= ANSWERS_TO_FULL_SPEED
        ? Integer.MAX_VALUE
        : Math.max(1, (initialCalls << answeredInARow) - refusedInARow);
  }

  /** Whether it failed, or was refused something, and has not answered since. */
  boolean isUnhealthy() {
    return failedInARow > 0 || refusedInARow > 0;
  }
}
