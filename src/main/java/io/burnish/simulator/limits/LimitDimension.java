package io.burnish.simulator.limits;

import io.burnish.simulator.options.Choice;
import java.time.Duration;

/**
 * What a provider limits. Each is a bucket that refills evenly over its window; a day is 86,400
 * seconds from any moment, not a date.
 *
 * <p>Source: Groq rate-limits page, and the arithmetic of published 429 bodies, read 2026-11.
 */
public enum LimitDimension {
  /** Requests per minute; told in 429 bodies only. */
  RPM("requests", Duration.ofMinutes(1)),
  /** Requests per day; told in headers and 429 bodies. */
  RPD("requests", Duration.ofDays(1)),
  /** Tokens per minute; told in headers and 429 bodies. */
  TPM("tokens", Duration.ofMinutes(1)),
  /** Tokens per day; told in 429 bodies only. */
  TPD("tokens", Duration.ofDays(1));

  private final String unit;
  private final Duration window;

  LimitDimension(String unit, Duration window) {
    this.unit = unit;
    this.window = window;
  }

  /** {@code requests} or {@code tokens}: the type of the error, too. */
  public String unit() {
    return unit;
  }

  /** Time in which an empty bucket is full again. */
  Duration window() {
    return window;
  }

  boolean ofTokens() {
    return unit.equals("tokens");
  }

  /** As a 429 body has it: {@code tokens per minute (TPM)}. */
  public String phrase() {
    return "%s per %s (%s)".formatted(unit, window.toDays() > 0 ? "day" : "minute", name());
  }

  /** The dimension of this name, in capitals or not. */
  static LimitDimension named(String name) {
    return Choice.of(LimitDimension.class, name);
  }
}
