package io.burnish.models.health;

import java.time.Instant;
import java.util.Optional;

/**
 * The recent results of a model's calls. {@link CooldownPolicy} decides what a fault changes.
 *
 * @param throttledInARow rate limits since the last answer or failover
 * @param failedInARow failures since the last answer; calls that fail together count once
 * @param refusedInARow calls refused for their content since the last answer; counted likewise
 * @param answeredInARow answers since the last cooldown, or since the start
 * @param initialCalls calls in flight allowed before the first of those answers
 * @param cooldown the last cooldown, over or not
 * @param lastFailover when work last moved to another model; empty: never
 * @param lastAnswer when the model last answered; {@code Instant.MIN}: never since the start
 */
public record Health(
    int throttledInARow,
    int failedInARow,
    int refusedInARow,
    int answeredInARow,
    int initialCalls,
    Cooldown cooldown,
    Optional<Failover> lastFailover,
    Instant lastAnswer) {

  /** Answers in a row that end the slow start. */
  private static final int ANSWERS_TO_FULL_SPEED = 5;

  /** Calls in flight to a model without any result yet: enough to learn, few enough to lose. */
  private static final int INITIAL_CALLS = 4;

  /** A model without any result yet. */
  static final Health UNKNOWN =
      new Health(0, 0, 0, 0, INITIAL_CALLS, Cooldown.NONE, Optional.empty(), Instant.MIN);

  Health answered(Instant now) {
    int answers = Math.min(ANSWERS_TO_FULL_SPEED, answeredInARow + 1);
    return new Health(0, 0, 0, answers, initialCalls, Cooldown.NONE, lastFailover, now);
  }

  /** The same in a cooldown that ends with a slow start from one call. */
  Health withCooldown(Cooldown begun, Optional<Failover> failover) {
    return new Health(
        throttledInARow, failedInARow, refusedInARow, 0, 1, begun, failover, lastAnswer);
  }

  /** The same in a cooldown without a slow start after it. */
  Health withPause(Cooldown begun) {
    return new Health(
        throttledInARow,
        failedInARow,
        refusedInARow,
        answeredInARow,
        initialCalls,
        begun,
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

  /**
   * Most calls in flight: doubled by each answer, one less by each refusal; {@code
   * Integer.MAX_VALUE} after the slow start.
   */
  int slowStartLimit() {
    return answeredInARow >= ANSWERS_TO_FULL_SPEED
        ? Integer.MAX_VALUE
        : Math.max(1, (initialCalls << answeredInARow) - refusedInARow);
  }

  /** Whether the model has a cooldown at {@code now}. */
  public boolean isCoolingDown(Instant now) {
    return !cooldown.isOver(now);
  }

  /** Whether a call failed or was refused since the last answer. */
  public boolean isUnhealthy() {
    return failedInARow > 0 || refusedInARow > 0;
  }
}
