package io.burnish.quota;

import java.time.Duration;
import java.util.Locale;

/** What a provider limits for each model. Source: Groq rate-limits page, read 2026-11. */
public enum Dimension {
  /** Requests per minute. No header tells it; the body of a 429 does. */
  RPM(Duration.ofMinutes(1)),
  /** Requests per day. */
  RPD(Duration.ofDays(1)),
  /** Tokens per minute. */
  TPM(Duration.ofMinutes(1)),
  /** Tokens per day. No header tells it; the body of a 429 does. */
  TPD(Duration.ofDays(1));

  private final Duration window;

  Dimension(Duration window) {
    this.window = window;
  }

  /** The time in which an empty bucket is full again. */
  public Duration window() {
    return window;
  }

  /** Whether tokens are counted, rather than requests. */
  public boolean countsTokens() {
    return this == TPM || this == TPD;
  }

  /** The same of a minute instead of a day, or of a day instead of a minute. */
  Dimension ofTheOtherWindow() {
    return switch (this) {
      case RPM -> RPD;
      case RPD -> RPM;
      case TPM -> TPD;
      case TPD -> TPM;
    };
  }

  /** The prefix of its columns. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
