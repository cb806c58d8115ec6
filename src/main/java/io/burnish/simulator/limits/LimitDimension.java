package io.burnish.simulator.limits;

import io.burnish.simulator.options.Choice;
import java.time.Duration;

/**
 * The dimensions that a provider limits. Each is a bucket that refills evenly over its window; a
 * day is 86,400 seconds from any time, not a date.
 *
 * <p>Source: Groq rate-limits page, and the arithmetic of published 429 bodies, read 2026-11.
 */
public enum LimitDimension {
  /** Requests per minute; reported in 429 bodies only. */
  RPM("requests", Duration.ofMinutes(1)),
  /** Requests per day; reported in headers and 429 bodies. */
  RPD("requests", Duration.ofDays(1)),
  /** Tokens per minute; reported in headers and 429 bodies. */
  TPM("tokens", Duration.ofMinutes(1)),
  /** Tokens per day; reported in 429 bodies only. */
  TPD("tokens", Duration.ofDays(1));

  private final String unit;
  private final Duration window;

  LimitDimension(String unit, Duration window) {
    this.unit = unit;
    this.window = window;
  }

  /** {@code requests} or {@code tokens}; also the type of the error. */
  public String unit() {
    return unit;
  }

  /** Time in which an empty bucket refills. */
  Duration window() {
    return window;
  }

  boolean ofTokens() {
    return unit.equals("tokens");
  }

  /** The phrase of a 429 body: {@code tokens per minute (TPM)}. */
  public String phrase() {
    return "%s per %s (%s)".formatted(unit, window.toDays() > 0 ? "day" : "minute", name());
  }

  /** The dimension of this name, in any case. */
  static LimitDimension named(String name) {
    return Choice.of(LimitDimension.class, name);
  }
}
