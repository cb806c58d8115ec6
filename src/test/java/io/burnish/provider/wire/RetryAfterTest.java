package io.burnish.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private static Duration asked(Map<String, String> headers, String message) {
    return RetryAfter.asked(headers::get, message, NOW).orElse(null);
  }

  private static Duration asked(String header, String value) {
    return asked(Map.of(header, value), "");
  }

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "7ns, PT0.000000007S",
    "1.5µs, PT0.0000015S",
    "1.5μs, PT0.0000015S",
    "1.5us, PT0.0000015S",
    "134ms, PT0.134S",
    "998.5ms, PT0.9985S",
    "2s, PT2S",
    "7.66s, PT7.66S",
    "21.037s, PT21.037S",
    "18.884999999s, PT18.884999999S",
    "1m26.4s, PT1M26.4S",
    "1m0.363142857s, PT1M0.363142857S",
    "2m59.56s, PT2M59.56S",
    "15m37.44s, PT15M37.44S",
    "1h0m0s, PT1H",
    "1h4m48s, PT1H4M48S",
    "1h34m52.896s, PT1H34M52.896S",
    "' 2s ', PT2S"
  })
  void a_duration_is_read_as_go_prints_it(String text, Duration duration) {
    assertThat(RetryAfter.goDuration(text)).contains(duration);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "5 s",
        "s",
        "ms",
        "-2s",
        "+2s",
        "1h later",
        "1.s",
        ".5s",
        "1,5s",
        "1e3s",
        "1d",
        "1S",
        "1m 2s",
        "soon",
        "NaNs",
        "0x1s",
        "1s1s1s1s1s1s1s",
        "2026-11-02T10:00:00Z"
      })
  void what_is_no_duration_is_not_read(String text) {
    assertThat(RetryAfter.goDuration(text)).isEmpty();
  }

  @Test
  void a_duration_beyond_all_bounds_is_the_longest_there_is() {
    assertThat(RetryAfter.goDuration("999999999999h")).contains(Duration.ofNanos(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({
    "2, PT2S",
    "0, PT0S",
    "' 9 ', PT9S",
    "0.5, PT0.5S",
    "11.8125, PT11.812S",
    "86400, PT24H",
    "86401, PT24H",
    "999999999999, PT24H"
  })
  void retry_after_is_seconds_whole_or_decimal_and_a_day_at_most(String text, Duration wait) {
    assertThat(asked("retry-after", text)).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "'Mon, 02 Nov 2026 10:00:30 GMT', PT30S",
    "'Mon, 02 Nov 2026 11:30:00 GMT', PT1H30M",
    "'Mon, 02 Nov 2026 10:00:00 GMT', PT0S",
    "'Mon, 02 Nov 2026 09:59:00 GMT', PT0S",
    "'Thu, 01 Jan 1970 00:00:00 GMT', PT0S",
    "'Fri, 31 Dec 9999 23:59:59 GMT', PT24H"
  })
  void retry_after_is_a_date_as_well_and_one_in_the_past_means_now(String text, Duration wait) {
    assertThat(asked("retry-after", text)).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({"250, PT0.25S", "1500.75, PT1.5S", "0, PT0S", "99999999999, PT24H"})
  void retry_after_ms_is_milliseconds(String text, Duration wait) {
    assertThat(asked("retry-after-ms", text)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1e9",
        "soon",
        "2s",
        "1_000",
        "Infinity",
        "٣",
        "Tue, 02 Nov 2026 10:00:30 GMT"
      })
  void what_is_no_wait_is_passed_over(String text) {
    assertThat(asked("retry-after", text)).isNull();
    assertThat(asked("retry-after-ms", text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'Please try again in 11.8125s. Need more tokens?', PT11.8125S",
    "'Please try again in 1h34m52.896s.', PT1H34M52.896S",
    "'try again in 134ms', PT0.134S",
    "'Please try again in 100h0m0s.', PT24H"
  })
  void the_message_tells_the_wait(String message, Duration wait) {
    assertThat(asked(Map.of(), message)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "please try again later", "try again in a moment", "wait 5s"})
  void a_message_without_a_wait_tells_none(String message) {
    assertThat(asked(Map.of(), message)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "30, 100, 'try again in 2s', PT30S",
    "2, 45000, 'try again in 3s', PT45S",
    "2, 100, 'try again in 1m0.5s', PT1M0.5S",
    "nonsense, 100, 'try again later', PT0.1S"
  })
  void of_several_waits_the_longest_counts(
      String retryAfter, String retryAfterMs, String message, Duration wait) {
    assertThat(asked(Map.of("retry-after", retryAfter, "retry-after-ms", retryAfterMs), message))
        .isEqualTo(wait);
  }
}
