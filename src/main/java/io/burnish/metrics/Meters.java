package io.burnish.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Registers meters with help and unit. Their names follow the conventions of Prometheus. */
final class Meters {

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * A counter without labels.
   *
   * @param unit the last word of its name; {@code null}: none fits the name
   */
  Counter counter(String name, @Nullable String unit, String help) {
    return counter(name, unit, help, Tags.empty());
  }

  /** Counters with labels. */
  Family<Counter> counters(String name, @Nullable String unit, String help, String... labels) {
    return new Family<>(tags -> counter(name, unit, help, tags), labels);
  }

  private Counter counter(String name, @Nullable String unit, String help, Tags tags) {
    return Counter.builder(name).description(help).baseUnit(unit).tags(tags).register(registry);
  }

  /** Histograms of durations. */
  Family<Timer> timers(String name, String help, Duration[] buckets, String... labels) {
    return new Family<>(
        tags ->
            Timer.builder(name)
                .description(help)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry),
        labels);
  }

  /** A summary of durations with quantiles of this replica. */
  Timer quantiles(String name, String help, double... quantiles) {
    return Timer.builder(name).description(help).publishPercentiles(quantiles).register(registry);
  }

  /** Histograms of sizes. */
  Family<DistributionSummary> sizes(
      String name, String unit, String help, double[] buckets, String... labels) {
    return new Family<>(
        tags ->
            DistributionSummary.builder(name)
                .description(help)
                .baseUnit(unit)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry),
        labels);
  }
}
