package io.burnish.simulator.options;

import java.time.Duration;

/**
 * A span of time, counted from the start of the simulator or its last reset.
 *
 * @param from inclusive
 * @param to exclusive; after {@code from}
 */
public record Span(Duration from, Duration to) {

  public Span {
    if (to.compareTo(from) <= 0) {
      throw new IllegalArgumentException("%s..%s ends before it begins".formatted(from, to));
    }
  }

  /** Reads {@code 60s..2m}. */
  public static Span parse(String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length != 2) {
      throw new IllegalArgumentException("'%s' is no span, such as 60s..120s".formatted(text));
    }
    return new Span(GoDuration.parse(ends[0]), GoDuration.parse(ends[1]));
  }

  /** Whether a time is in the span; in nanoseconds since the start. */
  public boolean contains(long now) {
    return now >= from.toNanos() && now < to.toNanos();
  }

  @Override
  public String toString() {
    return GoDuration.format(from) + ".." + GoDuration.format(to);
  }
}
