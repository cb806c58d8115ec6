package io.burnish.simulator.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in Go's notation, which the provider uses: {@code 134ms}, {@code 7.66s}, {@code
 * 1m26.4s}, {@code 1h4m48s}. Stateless.
 *
 * <p>Source: documentation of Go's time package, Duration.String, read 2026-11.
 */
public final class GoDuration {

  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|µs|us|ns|h|m|s)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART + ")+");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /** Formats with up to nine decimals; a negative duration counts as zero. */
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      return "0s";
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return belowASecond(duration.toNanos());
    }
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.toSecondsPart() * NANOS.get("s") + duration.toNanosPart(), 9);
    return text.append(plain(seconds)).append('s').toString();
  }

  /** Formats in milliseconds, truncated, as headers have it. */
  public static String toMillis(Duration duration) {
    return format(duration.truncatedTo(ChronoUnit.MILLIS));
  }

  private static String belowASecond(long nanos) {
    if (nanos >= 1_000_000) {
      return plain(BigDecimal.valueOf(nanos, 6)) + "ms";
    }
    return nanos >= 1_000 ? plain(BigDecimal.valueOf(nanos, 3)) + "µs" : nanos + "ns";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Duration parse(String text) {
    String stripped = text.strip();
    if (!WHOLE.matcher(stripped).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no duration, such as 300ms, 2s or 1m30s".formatted(text));
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(stripped);
    while (part.find()) {
      nanos =
          nanos.add(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.get(part.group(2)))));
    }
    return Duration.ofNanos(nanos.longValue());
  }
}
