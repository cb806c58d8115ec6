package io.burnish.simulator.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "7, 7ns",
    "1500, 1.5µs",
    "134000000, 134ms",
    "998500000, 998.5ms",
    "2000000000, 2s",
    "7660000000, 7.66s",
    "18884999999, 18.884999999s",
    "60363142857, 1m0.363142857s",
    "86400000000, 1m26.4s",
    "937440000000, 15m37.44s",
    "3600000000000, 1h0m0s",
    "3888000000000, 1h4m48s",
    "5692896000000, 1h34m52.896s"
  })
  void a_duration_is_printed_as_go_prints_it(long nanos, String printed) {
    assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(printed);
    assertThat(GoDuration.parse(printed)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource({"21037500000, 21.037s", "999999, 0s", "1999999, 1ms", "59999999999, 59.999s"})
  void headers_cut_off_at_milliseconds(long nanos, String printed) {
    assertThat(GoDuration.toMillis(Duration.ofNanos(nanos))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "s", "-2s", "1h later"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Property
  void what_is_printed_is_read_as_the_same(
      @ForAll @LongRange(min = 0, max = 400_000_000_000_000L) long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
  }
}
