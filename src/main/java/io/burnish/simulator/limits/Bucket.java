package io.burnish.simulator.limits;

import java.time.Duration;

/**
 * A bucket of requests or tokens that refills evenly. Its level may be negative, because the actual
 * tokens of a call are known only after it. Times are nanoseconds since the start of the simulator
 * or its last reset, and never go back. Not thread-safe.
 *
 * <p>Source: {@code wait = (used + requested - limit) * window / limit} gives every wait that was
 * published with its numbers; read 2026-11.
 */
public final class Bucket {

  /**
   * Far less than one token: a caller that waits exactly as told must not fail by a rounding error.
   */
  private static final double ROUNDING = 1e-4;

  private final LimitDimension dimension;
  private final long limit;
  private double level;
  private long asOf;

  /**
   * Creates a bucket at a time.
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

  /** Takes an amount; a negative one is given back. The level never exceeds the limit. */
  void take(double amount, long now) {
    refill(now);
    level = Math.min(limit, level - amount);
  }

  /** What error bodies report: rounded, and over the limit if the level is negative. */
  long used(long now) {
    refill(now);
    return Math.round(limit - level);
  }

  /** What headers report: rounded down, never negative. */
  long remaining(long now) {
    refill(now);
    return Math.max(0, (long) Math.floor(level + ROUNDING));
  }

  /** The exact level. */
  double level(long now) {
    refill(now);
    return level;
  }

  /** Time until it holds this amount if nothing is taken; meaningless above the limit. */
  Duration waitFor(double need, long now) {
    refill(now);
    return timeFor(need - level);
  }

  /** Time until it is full if nothing is taken. */
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
