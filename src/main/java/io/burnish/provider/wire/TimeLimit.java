package io.burnish.provider.wire;

import java.time.Duration;

/**
 * How long a call may take, from its start to the last byte of the answer.
 *
 * @param duration over 0
 * @param setting the configuration property that sets it; named in the fault
 * @param start when it began, by {@link System#nanoTime()}
 */
public record TimeLimit(Duration duration, String setting, long start) {

  /** The timer of the gateway starts a little earlier, and may interrupt that much earlier. */
  private static final double NEARLY = 0.9;

  /** A limit that begins now. */
  public static TimeLimit begin(Duration duration, String setting) {
    return new TimeLimit(duration, setting, System.nanoTime());
  }

  /** Whether the time is over, or nearly so. */
  public boolean isOver() {
    return System.nanoTime() - start >= duration.toNanos() * NEARLY;
  }
}
