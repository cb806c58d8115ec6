package io.burnish.quota.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * Finds the window of a limit in headers. Groq reports requests per day, OpenAI requests per
 * minute, both as {@code x-ratelimit-limit-requests}. The time until the bucket is full tells them
 * apart: it is the used share of the window.
 *
 * <p>Source: Groq rate-limits page, read 2026-11; OpenAI rate-limits guide, read 2026-11.
 */
public final class HeaderMeaning {

  private static final double DAY = 86_400;
  private static final double MINUTE = 60;

  /** A window of a minute, with clock error and rounding. */
  private static final double MAX_MINUTE = 61;

  /** Smaller differences are rounding. */
  private static final double ROUNDING = 1;

  /** The time until the bucket is full, if the response names none. */
  private static final double DEFAULT_RESET = 60;

  private HeaderMeaning() {}

  /** Requests per minute or per day; empty if this response does not show it. */
  public static Optional<Dimension> ofRequests(RateLimitObservation.Reported reported) {
    double used = used(reported);
    double full = resetIn(reported);
    if (used <= 0 || full <= 0) {
      return Optional.empty();
    }
    double ofDay = used / reported.limit().orElseThrow() * DAY;
    if (isAbout(full, ofDay)) {
      return Optional.of(Dimension.RPD);
    }
    return full <= MAX_MINUTE && ofDay - full > ROUNDING
        ? Optional.of(Dimension.RPM)
        : Optional.empty();
  }

  /** Whether the time until the bucket is full fits a window of a minute. */
  public static boolean canBeOfMinute(RateLimitObservation.Reported reported) {
    return resetIn(reported) <= MAX_MINUTE;
  }

  /** Tokens per minute or per day; empty if this response does not show it. */
  public static Optional<Dimension> ofTokens(RateLimitObservation.Reported reported) {
    double used = used(reported);
    double full = resetIn(reported);
    if (used <= 0 || full <= 0) {
      return Optional.empty();
    }
    boolean ofDay =
        full > 2 * MAX_MINUTE && isAbout(full, used / reported.limit().orElseThrow() * DAY);
    return ofDay
        ? Optional.of(Dimension.TPD)
        : full <= MAX_MINUTE ? Optional.of(Dimension.TPM) : Optional.empty();
  }

  /**
   * Seconds until the bucket of requests is full, if that is sooner than a window of a day implies,
   * or if the response names no time. Negative: as the window implies.
   */
  public static double requestsFullIn(RateLimitObservation.Reported reported) {
    if (reported.limit().isEmpty() || ofRequests(reported).isPresent()) {
      return -1;
    }
    return resetIn(reported) > 0 ? resetIn(reported) : DEFAULT_RESET;
  }

  /**
   * Seconds until the bucket of tokens is full, if that is clearly sooner than a window of a minute
   * implies. Negative: as the window implies.
   */
  public static double tokensFullIn(RateLimitObservation.Reported reported) {
    double full = resetIn(reported);
    double ofMinute = used(reported) / reported.limit().orElse(1L) * MINUTE;
    return full > 0 && ofMinute - full > ROUNDING && full < ofMinute / 2 ? full : -1;
  }

  private static boolean isAbout(double seconds, double expected) {
    return seconds >= expected / 2 && seconds <= expected * 2;
  }

  private static double used(RateLimitObservation.Reported reported) {
    return reported.limit().isPresent() && reported.remaining().isPresent()
        ? (double) reported.limit().get() - reported.remaining().get()
        : 0;
  }

  private static double resetIn(RateLimitObservation.Reported reported) {
    return reported.resetIn().map(Duration::toNanos).orElse(0L) / 1e9;
  }
}
