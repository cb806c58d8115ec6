package io.burnish.simulator.faults;

import io.burnish.simulator.options.Span;

/**
 * A time in which every call has one fault.
 *
 * @param kind of the fault
 * @param span when
 */
public record TimedFault(InjectedFault kind, Span span) {

  /** Parses {@code choices-empty@10s..30s}. */
  public static TimedFault parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "'%s' is no trouble, such as choices-empty@10s..30s".formatted(text));
    }
    return new TimedFault(
        FaultRates.kind(text.substring(0, at)), Span.parse(text.substring(at + 1)));
  }
}
