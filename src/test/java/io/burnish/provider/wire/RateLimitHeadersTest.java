package io.burnish.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {

  private static final RateLimitHeaders NOTHING =
      new RateLimitHeaders(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static Map<String, String> documented() {
    return new HashMap<>(
        Map.of(
            "x-ratelimit-limit-requests", "14400",
            "x-ratelimit-limit-tokens", "18000",
            "x-ratelimit-remaining-requests", "14370",
            "x-ratelimit-remaining-tokens", "17997",
            "x-ratelimit-reset-requests", "2m59.56s",
            "x-ratelimit-reset-tokens", "7.66s"));
  }

  @Test
  void the_headers_of_the_documentation_are_read() {
    assertThat(RateLimitHeaders.of(documented()::get))
        .isEqualTo(
            new RateLimitHeaders(
                Optional.of(14_400L),
                Optional.of(14_370L),
                Optional.of(Duration.ofMillis(179_560)),
                Optional.of(18_000L),
                Optional.of(17_997L),
                Optional.of(Duration.ofMillis(7_660))));
  }

  @Test
  void without_headers_nothing_is_known() {
    assertThat(RateLimitHeaders.of(name -> null)).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "many",
        "-1",
        "+5",
        "1.5",
        "1e3",
        "8,000",
        "0x10",
        "٣",
        "9999999999999999",
        "Infinity",
        "-Infinity",
        "NaN",
        "1e308",
        "-7.5s",
        "2020-01-01T00:00:00Z"
      })
  void what_is_no_number_or_too_large_a_one_counts_as_absent(String value) {
    assertThat(RateLimitHeaders.of(name -> value)).isEqualTo(NOTHING);
  }

  @Test
  void one_header_that_cannot_be_read_does_not_spoil_the_others() {
    Map<String, String> headers = documented();
    headers.put("x-ratelimit-limit-tokens", "unlimited");
    headers.remove("x-ratelimit-reset-requests");

    RateLimitHeaders read = RateLimitHeaders.of(headers::get);

    assertThat(read.tokensPerMinute()).isEmpty();
    assertThat(read.requestsFullIn()).isEmpty();
    assertThat(read.requestsPerDay()).contains(14_400L);
    assertThat(read.remainingTokens()).contains(17_997L);
  }

  @Test
  void nothing_left_is_a_number_and_blanks_around_it_do_not_matter() {
    RateLimitHeaders read = RateLimitHeaders.of(name -> " 0 ");

    assertThat(read.remainingTokens()).contains(0L);
    assertThat(read.remainingRequests()).contains(0L);
  }
}
