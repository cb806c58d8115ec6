package io.burnish.provider.wire;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wait that a provider names, in up to four ways; the longest counts.
 *
 * <p>Source: Groq rate-limits page (durations as Go prints them); RFC 9110 §10.2.3 (Retry-After);
 * the OpenAI SDKs (retry-after-ms). Read 2026-11.
 */
public final class RetryAfter {

  /** Longer waits are cut: daily limits refill within a day. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Go prints few units; a longer text is no duration. */
  private static final Pattern GO_DURATION =
      Pattern.compile("(?:\\d{1,12}(?:\\.\\d{1,12})?(?:ns|us|µs|μs|ms|h|m|s)){1,6}");

  private static final Pattern GO_PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(ns|us|µs|μs|ms|h|m|s)");

  private static final Pattern IN_MESSAGE =
      Pattern.compile("try again in (" + GO_DURATION.pattern() + ")");

  /** The format of Azure. */
  private static final Pattern SECONDS_IN_MESSAGE =
      Pattern.compile(
          "(?:try again|retry) (?:in|after) (\\d{1,6}(?:\\.\\d{1,3})?) ?(second|minute)",
          Pattern.CASE_INSENSITIVE);

  private RetryAfter() {}

  /** The longest wait in headers and message; empty without one. */
  public static Optional<Duration> asked(
      UnaryOperator<@Nullable String> header, String message, Instant now) {
    Matcher inMessage = IN_MESSAGE.matcher(message);
    return Stream.of(
            millis(header.apply("retry-after-ms")),
            retryAfter(header.apply("retry-after"), now),
            inMessage.find() ? goDuration(inMessage.group(1)) : Optional.<Duration>empty(),
            spelledOut(message))
        .flatMap(Optional::stream)
        .max(Duration::compareTo)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  /** Parses a duration of Go, e.g. {@code 1m26.4s}, {@code 134ms}; empty when it is none. */
  static Optional<Duration> goDuration(@Nullable String text) {
    if (text == null || !GO_DURATION.matcher(text.strip()).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = GO_PART.matcher(text.strip());
    while (part.find()) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosIn(part.group(2))));
    }
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    return Optional.of(Duration.ofNanos(nanos.min(most).longValue()));
  }

  private static BigDecimal nanosIn(String unit) {
    return switch (unit) {
      case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
      case "m" -> BigDecimal.valueOf(60_000_000_000L);
      case "s" -> BigDecimal.valueOf(1_000_000_000L);
      case "ms" -> BigDecimal.valueOf(1_000_000L);
      case "ns" -> BigDecimal.ONE;
      default -> BigDecimal.valueOf(1_000L);
    };
  }

  private static Optional<Duration> spelledOut(String message) {
    Matcher found = SECONDS_IN_MESSAGE.matcher(message);
    if (!found.find()) {
      return Optional.empty();
    }
    long millis = new BigDecimal(found.group(1)).movePointRight(3).longValue();
    boolean minutes = found.group(2).equalsIgnoreCase("minute");
    return Optional.of(Duration.ofMillis(minutes ? millis * 60 : millis));
  }

  private static Optional<Duration> millis(@Nullable String text) {
    return text != null && text.strip().matches("\\d{1,12}(\\.\\d{1,6})?")
        ? Optional.of(Duration.ofMillis(new BigDecimal(text.strip()).longValue()))
        : Optional.empty();
  }

  private static Optional<Duration> retryAfter(@Nullable String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    String stripped = text.strip();
    if (stripped.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      return Optional.of(Duration.ofMillis(new BigDecimal(stripped).movePointRight(3).longValue()));
    }
    try {
      Instant at = ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeParseException e) {
      // Neither seconds nor a date: ignored.
      return Optional.empty();
    }
  }
}
