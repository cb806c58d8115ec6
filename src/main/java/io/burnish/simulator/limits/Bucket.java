package io.burnish.simulator.limits;

import java.time.Duration;

/**
 * A bucket of requests or tokens that refills evenly. Its level may go below zero, for what a call
 * really took is known only after it. Moments are nanoseconds since the simulator's zero, never
 * going back. Not thread-safe.
 *
 * <p>Source: {@code wait = (used + requested - limit) * window / limit} gives every wait that was
 * published with its numbers; read 2026-11.
 */
public final class Bucket {

  /** Far less than one token: whoever waits as long as he was told must not fail by a rounding. */
  private static final double ROUNDING = 1e-4;

  private final LimitDimension dimension;
  private final long limit;
  private double level;
  private long asOf;

  /**
   * A bucket at a moment.
   *
   * @param share of the limit that it holds, 0 to 1
   */
  Bucket(LimitDimension dimension, long limit, double share, long now) {
    this.dimension = dimension;
    this.limit = limit;
    this.level = limit * share;
    this.asOf = now;
  }

  LimitDimension dimension() {
    return dimension;
  }

  long limit() {
    return limit;
  }

  boolean holds(double need, long now) {
    refill(now);
    return level + ROUNDING >= need;
  }

  /** Takes, or with a number below zero gives back; never above the limit. */
  void take(double amount, long now) {
    refill(now);
    level = Math.min(limit, level - amount);
  }

  /** As bodies tell it: rounded, and over the limit when the bucket is in debt. */
  long used(long now) {
    refill(now);
    return Math.round(limit - level);
  }

  /** As headers tell it: whole ones, never below zero. */
  long remaining(long now) {
    refill(now);
    return Math.max(0, (long) Math.floor(level + ROUNDING));
  }

  /** What it really holds. */
  double level(long now) {
    refill(now);
    return level;
  }

  /** Time until it holds so much, if nobody takes anything; over the limit, it never will. */
  Duration waitFor(double need, long now) {
    refill(now);
    return timeFor(need - level);
  }

  /** Time until it is full, if nobody takes anything. */
  Duration fullIn(long now) {
    refill(now);
    return timeFor(limit - level);
  }

  private Duration timeFor(double amount) {
    return Duration.ofNanos((long) Math.max(0, amount * dimension.window().toNanos() / limit));
  }

  private void refill(long now) {
    if (now > asOf) {
      level = Math.min(limit, level + (double) (now - asOf) * limit / dimension.window().toNanos());
      asOf = now;
    }
  }
}
