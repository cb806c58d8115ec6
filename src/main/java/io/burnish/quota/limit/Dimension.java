package io.burnish.quota.limit;

import java.time.Duration;
import java.util.Locale;

/** What a provider limits for each model. Source: Groq rate-limits page, read 2026-11. */
public enum Dimension {
  /** Requests per minute. Reported by the body of a 429, not by headers. */
  RPM(Duration.ofMinutes(1)),
  /** Requests per day. */
  RPD(Duration.ofDays(1)),
  /** Tokens per minute. */
  TPM(Duration.ofMinutes(1)),
  /** Tokens per day. Reported by the body of a 429, not by headers. */
  TPD(Duration.ofDays(1));

  private final Duration window;

  Dimension(Duration window) {
    this.window = window;
  }

  /** The time in which an empty bucket fills. */
  public Duration window() {
    return window;
  }

  /** Whether it counts tokens; otherwise requests. */
  public boolean countsTokens() {
    return this == TPM || this == TPD;
  }

  /** The same count in the other window: minute or day. */
  public Dimension ofTheOtherWindow() {
    return switch (this) {
      case RPM -> RPD;
      case RPD -> RPM;
      case TPM -> TPD;
      case TPD -> TPM;
    };
  }

  /** The prefix of its columns. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
