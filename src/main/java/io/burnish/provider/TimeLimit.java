package io.burnish.provider;

import java.time.Duration;

/**
 * How long a call may take, from its start to the last byte of the answer.
 *
 * @param duration over 0
 * @param setting the configuration property that says so; named when the limit is reached
 * @param start when it began, by {@link System#nanoTime()}
 */
public record TimeLimit(Duration duration, String setting, long start) {

  /** What measures the time began a little earlier than this, and may act that much earlier. */
  private static final double NEARLY = 0.9;

  /** A limit that begins now. */
  public static TimeLimit begin(Duration duration, String setting) {
    return new TimeLimit(duration, setting, System.nanoTime());
  }

  /** Whether the time is over, or nearly. */
  boolean isOver() {
    return System.nanoTime() - start >= duration.toNanos() * NEARLY;
  }
}
