package io.burnish.observability;

import io.burnish.models.ModelChain;
import io.burnish.models.ModelStatuses;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gauges of the models that can be called, for alarms. */
@ApplicationScoped
class ModelMetrics {

  void atStart(
      @Observes StartupEvent event,
      MeterRegistry meters,
      ModelChain chain,
      ModelStatuses statuses) {
    Gauge.builder("burnish.models.gone", statuses, s -> s.decommissioned().size())
        .description("Models of BURNISH_MODELS that are decommissioned; over 0: remove them")
        .register(meters);
    Gauge.builder("burnish.models.blocked", statuses, s -> s.blocked().size())
        .description(
            "Models of BURNISH_MODELS that are unknown at this address or not permitted for this account; over 0: see the log")
        .register(meters);
    Gauge.builder("burnish.models.left", chain, c -> c.models().size())
        .description("Models of BURNISH_MODELS that are not decommissioned; 0: no call is possible")
        .register(meters);
  }
}
