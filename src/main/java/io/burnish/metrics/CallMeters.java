package io.burnish.metrics;

import io.burnish.prices.Price;
import io.burnish.prices.Prices;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Calls to the provider: how long, how large, what they cost, and why not. Thread-safe. */
@Singleton
public class CallMeters {

  private static final Duration[] LATENCIES =
      LongStream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final double[] PACKS = DoubleStream.of(1, 2, 4, 8, 16, 32).toArray();

  private static final double MILLION = 1_000_000;

  private final Prices prices;
  private final Family<Timer> calls;
  private final Family<Counter> tokens;
  private final Family<Counter> cost;
  private final Family<Counter> throttled;
  private final Family<Counter> cooldowns;
  private final Family<Counter> fallbacks;
  private final Family<DistributionSummary> packs;
  private final Timer packDuration;

  /** Counts costs by these prices. */
  public CallMeters(MeterRegistry registry, Prices prices) {
    Meters meters = new Meters(registry);
    this.prices = prices;
    this.calls =
        meters.timers(
            "burnish.call.duration",
            "HTTP calls to the provider, from sending to the end of the answer",
            LATENCIES,
            "model",
            "outcome");
    this.tokens =
        meters.counters(
            "burnish.tokens", "tokens", "Tokens that the provider billed", "model", "direction");
    this.cost =
        meters.counters(
            "burnish.cost", "usd", "Cost of these tokens, in US$", "model", "direction");
    this.throttled =
        meters.counters(
            "burnish.throttled.calls", "calls", "Calls answered with 429", "model", "dimension");
    this.cooldowns =
        meters.counters(
            "burnish.cooldowns", "cooldowns", "Cooldowns of a model that began", "model", "cause");
    this.fallbacks =
        meters.counters(
            "burnish.fallbacks",
            "fallbacks",
            "Calls that went on to the next model, by the model that could not answer",
            "model",
            "cause");
    this.packs =
        meters.sizes("burnish.pack.records", "records", "Records of a call", PACKS, "model");
    this.packDuration =
        meters.quantiles(
            "burnish.pack.duration",
            "From a pack's question to its written outcomes, the provider's time included",
            0.5,
            0.99);
  }

  /**
   * An HTTP call ended.
   *
   * @param outcome {@code answered}, or the kind of the fault
   */
  public void called(String model, String outcome, Duration latency) {
    calls.with(model, outcome).record(latency);
  }

  /**
   * An answer was billed, usable or not.
   *
   * @param prompt prompt tokens, cached ones included
   * @param cached part of the prompt tokens
   * @param completion completion tokens
   */
  public void billed(String model, int prompt, int cached, int completion) {
    Optional<Price> price = prices.of(model);
    used(model, "input", Math.max(0, prompt - cached), price.map(Price::input));
    used(model, "cached", Math.min(prompt, cached), price.map(Price::cached));
    used(model, "output", completion, price.map(Price::output));
  }

  private void used(String model, String direction, int count, Optional<BigDecimal> perMillion) {
    tokens.with(model, direction).increment(count);
    perMillion.ifPresent(
        each -> cost.with(model, direction).increment(count * each.doubleValue() / MILLION));
  }

  /**
   * A call was answered with 429.
   *
   * @param dimension the limit that was reached: {@code rpm}, {@code tpd}, …
   */
  public void throttled(String model, String dimension) {
    throttled.with(model, dimension).increment();
  }

  /** A cooldown of a model began. */
  public void cooldown(String model, String cause) {
    cooldowns.with(model, cause).increment();
  }

  /**
   * A call goes on to the next model.
   *
   * @param model that could not answer
   * @param cause kind of the fault
   */
  public void fallback(String model, String cause) {
    fallbacks.with(model, cause).increment();
  }

  /** A call about so many records starts. */
  public void packed(String model, int records) {
    packs.with(model).record(records);
  }

  /** The outcomes of a pack are written. */
  public void packWritten(Duration sinceQuestion) {
    packDuration.record(sinceQuestion);
  }
}
