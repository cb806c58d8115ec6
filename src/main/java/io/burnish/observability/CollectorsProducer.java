package io.burnish.observability;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Produces the registry of collectors as a singleton, so that {@link StateCollector} registers with
 * the one that is scraped; that of the framework is another instance for each injection. Source:
 * Quarkus 3.33, PrometheusMeterRegistryProvider.
 */
@Dependent
class CollectorsProducer {

  @Produces
  @Singleton
  CollectorRegistry collectors() {
    return new CollectorRegistry(true);
  }
}
