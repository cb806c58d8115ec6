package io.burnish.simulator.faults;

import io.burnish.simulator.options.Choice;
import io.burnish.simulator.options.Span;

/**
 * A time in which the provider is down.
 *
 * @param kind what a client sees
 * @param span when
 */
public record Outage(Kind kind, Span span) {

  /** What a client sees of an outage. */
  public enum Kind {
    /** Connections are refused; open ones are closed. */
    REFUSED,
    /** Every call is answered with 503. */
    OVERLOADED
  }

  /** Parses {@code refused@60s..120s} or {@code overloaded@60s..120s}. */
  public static Outage parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "'%s' is no outage, such as refused@60s..120s".formatted(text));
    }
    return new Outage(
        Choice.of(Kind.class, text.substring(0, at)), Span.parse(text.substring(at + 1)));
  }
}
