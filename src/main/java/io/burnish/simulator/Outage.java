package io.burnish.simulator;

/**
 * A time in which the provider does not work.
 *
 * @param kind how that shows
 * @param span when
 */
record Outage(Kind kind, Span span) {

  /** How an outage shows. */
  enum Kind {
    /** Nobody listens: connections are refused, those that were open are closed. */
    REFUSED,
    /** Every call is answered with 503. */
    OVERLOADED
  }

  /** Reads {@code refused@60s..120s} or {@code overloaded@60s..120s}. */
  static Outage parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "'%s' is no outage, such as refused@60s..120s".formatted(text));
    }
    return new Outage(
        OptionText.constant(Kind.class, text.substring(0, at)), Span.parse(text.substring(at + 1)));
  }
}
