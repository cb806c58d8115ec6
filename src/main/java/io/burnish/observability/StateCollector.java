package io.burnish.observability;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Gives Prometheus the gauges of states, read once for each scrape. Thread-safe. */
@Singleton
class StateCollector extends Collector implements Collector.Describable {

  private static final Logger LOG = Logger.getLogger(StateCollector.class);

  private final List<StateReader> readers;
  private final CollectorRegistry registry;

  StateCollector(@All List<StateReader> readers, CollectorRegistry registry) {
    this.readers = readers;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    registry.register(this);
  }

  void stop(@Observes ShutdownEvent event) {
    registry.unregister(this);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Readings readings = new Readings();
    for (StateReader reader : readers) {
      try {
        reader.read(readings);
      } catch (RuntimeException e) {
        // The other metrics are needed most when something fails.
        LOG.debugf(e, "Gauges of %s are left out of a scrape", reader.getClass().getSimpleName());
      }
    }
    return readings.all();
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return new Readings().all();
  }
}
