package io.burnish.observability;

import io.burnish.metrics.StateGauge;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.GaugeMetricFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The values of the gauges at one scrape. For one thread. */
final class Readings {

  private final Map<StateGauge, GaugeMetricFamily> families = new EnumMap<>(StateGauge.class);

  /** No values yet. */
  Readings() {
    for (StateGauge gauge : StateGauge.values()) {
      families.put(gauge, new GaugeMetricFamily(gauge.metric(), gauge.help(), gauge.labels()));
    }
  }

  /**
   * Adds a value.
   *
   * @param labels values of its labels, in their order
   */
  void add(StateGauge gauge, double value, String... labels) {
    families.get(gauge).addMetric(List.of(labels), value);
  }

  /** All gauges, also those without a value. */
  List<MetricFamilySamples> all() {
    return List.copyOf(families.values());
  }
}
