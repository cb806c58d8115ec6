package io.burnish.observability;

import io.burnish.models.ModelChain;
import io.burnish.models.ModelStatuses;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says how many models are left to ask: one that goes is worth an alarm. */
@ApplicationScoped
class ModelMetrics {

  void atStart(
      @Observes StartupEvent event,
      MeterRegistry meters,
      ModelChain chain,
      ModelStatuses statuses) {
    Gauge.builder("burnish.models.gone", statuses, s -> s.decommissioned().size())
        .description("Models of BURNISH_MODELS that are decommissioned; over 0: take them out")
        .register(meters);
    Gauge.builder("burnish.models.blocked", statuses, s -> s.blocked().size())
        .description(
            "Models of BURNISH_MODELS that are unknown at this address or not open to this account; over 0: do what the log says")
        .register(meters);
    Gauge.builder("burnish.models.left", chain, c -> c.models().size())
        .description("Models of BURNISH_MODELS that are not gone; 0: nothing can be asked")
        .register(meters);
  }
}
