package io.burnish.simulator.model;

import io.burnish.simulator.options.GoDuration;
import io.burnish.simulator.options.Span;
import java.time.Duration;
import java.util.Random;

/** The latency of answers. */
public sealed interface Latency {

  /** The 99th percentile of the normal distribution, in standard deviations. */
  double DEVIATIONS_TO_P99 = 2.326_347_874;

  /** The latency of one answer with this many tokens. */
  Duration of(int completionTokens, Random random);

  /** Always the same. */
  record Fixed(Duration time) implements Latency {
    @Override
    public Duration of(int completionTokens, Random random) {
      return time;
    }

    @Override
    public String toString() {
      return GoDuration.format(time);
    }
  }

  /**
   * Mostly short, sometimes long: lognormal.
   *
   * @param p50 median; over 0
   * @param p99 99th percentile; at least {@code p50}
   */
  record Spread(Duration p50, Duration p99) implements Latency {
    @Override
    public Duration of(int completionTokens, Random random) {
      double median = Math.log(p50.toNanos());
      double deviation = (Math.log(p99.toNanos()) - median) / DEVIATIONS_TO_P99;
      return Duration.ofNanos((long) Math.exp(median + deviation * random.nextGaussian()));
    }
  }

  /**
   * Proportional to the tokens written.
   *
   * @param first time to the first token
   * @param tokensPerSecond over 0
   */
  record BySpeed(Duration first, double tokensPerSecond) implements Latency {
    @Override
    public Duration of(int completionTokens, Random random) {
      return first.plusNanos((long) (completionTokens / tokensPerSecond * 1e9));
    }
  }

  /**
   * Parses {@code 20ms}, {@code 400ms..2s} (p50 and p99) or {@code 50ms+500t/s}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Latency parse(String text) {
    if (text.contains("..")) {
      Span ends = Span.parse(text);
      if (ends.from().isZero()) {
        throw new IllegalArgumentException(
            "'%s': half of the answers take no time".formatted(text));
      }
      return new Spread(ends.from(), ends.to());
    }
    if (text.endsWith("t/s") && text.contains("+")) {
      int plus = text.indexOf('+');
      return new BySpeed(
          GoDuration.parse(text.substring(0, plus)),
          Double.parseDouble(text.substring(plus + 1, text.length() - "t/s".length())));
    }
    return new Fixed(GoDuration.parse(text));
  }
}
