package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * Finds out which window a limit in headers is of. Groq tells requests of a day, OpenAI tells
 * requests of a minute, both under {@code x-ratelimit-limit-requests}. The time until the bucket is
 * full says which: it is the used share of the window.
 *
 * <p>Source: Groq rate-limits page, read 2026-11; OpenAI rate-limits guide, read 2026-11.
 */
final class HeaderMeaning {

  private static final double DAY = 86_400;
  private static final double MINUTE = 60;

  /** A minute's window, and what a clock and rounding may add. */
  private static final double A_MINUTE_AT_MOST = 61;

  /** Shorter times say nothing against a window: they are rounded. */
  private static final double TELLING = 1;

  /** Where no time is told, a bucket that is empty is tried again after so long. */
  private static final double UNTOLD = 60;

  private HeaderMeaning() {}

  /** Whether requests are told of a minute or a day; empty when this response does not show it. */
  static Optional<Dimension> ofRequests(RateLimitObservation.Reported told) {
    double used = used(told);
    double full = fullIn(told);
    if (used <= 0 || full <= 0) {
      return Optional.empty();
    }
    double ofDay = used / told.limit().orElseThrow() * DAY;
    if (isAbout(full, ofDay)) {
      return Optional.of(Dimension.RPD);
    }
    return full <= A_MINUTE_AT_MOST && ofDay - full > TELLING
        ? Optional.of(Dimension.RPM)
        : Optional.empty();
  }

  /** Whether the time until the bucket is full is short enough for the window of a minute. */
  static boolean canBeOfMinute(RateLimitObservation.Reported told) {
    return fullIn(told) <= A_MINUTE_AT_MOST;
  }

  /** Whether tokens are told of a minute or a day; empty when this response does not show it. */
  static Optional<Dimension> ofTokens(RateLimitObservation.Reported told) {
    double used = used(told);
    double full = fullIn(told);
    if (used <= 0 || full <= 0) {
      return Optional.empty();
    }
    boolean ofDay =
        full > 2 * A_MINUTE_AT_MOST && isAbout(full, used / told.limit().orElseThrow() * DAY);
    return ofDay
        ? Optional.of(Dimension.TPD)
        : full <= A_MINUTE_AT_MOST ? Optional.of(Dimension.TPM) : Optional.empty();
  }

  /**
   * Seconds until the bucket of requests is full, where that is sooner than a day's window says; or
   * where nothing is told. Negative: the window says it well.
   */
  static double requestsFullIn(RateLimitObservation.Reported told) {
    if (told.limit().isEmpty() || ofRequests(told).isPresent()) {
      return -1;
    }
    return fullIn(told) > 0 ? fullIn(told) : UNTOLD;
  }

  /**
   * Seconds until the bucket of tokens is full, where that is clearly sooner than a minute's window
   * says. Negative: the window says it well.
   */
  static double tokensFullIn(RateLimitObservation.Reported told) {
    double full = fullIn(told);
    double ofMinute = used(told) / told.limit().orElse(1L) * MINUTE;
    return full > 0 && ofMinute - full > TELLING && full < ofMinute / 2 ? full : -1;
  }

  private static boolean isAbout(double seconds, double expected) {
    return seconds >= expected / 2 && seconds <= expected * 2;
  }

  private static double used(RateLimitObservation.Reported told) {
    return told.limit().isPresent() && told.remaining().isPresent()
        ? (double) told.limit().get() - told.remaining().get()
        : 0;
  }

  private static double fullIn(RateLimitObservation.Reported told) {
    return told.resetIn().map(Duration::toNanos).orElse(0L) / 1e9;
  }
}
