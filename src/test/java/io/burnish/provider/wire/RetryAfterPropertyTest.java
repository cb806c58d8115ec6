package io.burnish.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class RetryAfterPropertyTest {

  private static final Pattern DURATION =
      Pattern.compile("(\\d+(\\.\\d+)?(ns|us|µs|μs|ms|s|m|h))+");

  /** As documented of Go's time.Duration.String: the largest unit first, no leading zero units. */
  private static String print(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return shifted(nanos, 3) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return shifted(nanos, 6) + "ms";
    }
    String seconds = shifted(nanos % 60_000_000_000L, 9) + "s";
    if (duration.toMinutes() == 0) {
      return seconds;
    }
    return duration.toHours() == 0
        ? duration.toMinutes() + "m" + seconds
        : duration.toHours() + "h" + duration.toMinutesPart() + "m" + seconds;
  }

  private static String shifted(long number, int places) {
    return new BigDecimal(number).movePointLeft(places).stripTrailingZeros().toPlainString();
  }

  @Property
  void a_duration_printed_as_go_does_is_read_as_the_same(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(RetryAfter.goDuration(print(duration))).contains(duration);
  }

  @Property
  void nothing_is_read_that_is_no_duration(@ForAll("almostDurations") String text) {
    assertThat(RetryAfter.goDuration(text).isPresent())
        .isEqualTo(DURATION.matcher(text.strip()).matches());
  }

  /** Short enough that the bound on the number of units, and of digits, does not matter. */
  @Provide
  Arbitrary<String> almostDurations() {
    return Arbitraries.of("1", "23", ".", "5", "ns", "us", "µs", "ms", "s", "m", "h", " ", "-", "d")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Property
  void a_wait_is_never_negative_and_never_longer_than_a_day(
      @ForAll("headers") String header, @ForAll("headers") String inMessage) {
    Optional<Duration> wait =
        RetryAfter.asked(
            name -> header,
            "Please try again in " + inMessage + ". Visit",
            Instant.parse("2026-11-02T10:00:00Z"));

    assertThat(wait.orElse(Duration.ZERO)).isBetween(Duration.ZERO, Duration.ofDays(1));
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(30),
        Arbitraries.bigDecimals().map(BigDecimal::toPlainString),
        Arbitraries.longs().map(nanos -> print(Duration.ofNanos(nanos & Long.MAX_VALUE))));
  }
}
