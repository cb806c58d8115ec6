package io.burnish.models;

import io.burnish.models.health.Capabilities;
import io.burnish.models.health.ModelStates;
import io.burnish.quota.Quotas;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Resets what was learned of a model, after a change at the provider. */
@Singleton
public class ModelReset {

  private static final Logger LOG = Logger.getLogger(ModelReset.class);

  private final ModelChain chain;
  private final ModelStates states;
  private final ModelStateWatch watch;
  private final Capabilities capabilities;
  private final Quotas quotas;

  ModelReset(
      ModelChain chain,
      ModelStates states,
      ModelStateWatch watch,
      Capabilities capabilities,
      Quotas quotas) {
    this.chain = chain;
    this.states = states;
    this.watch = watch;
    this.capabilities = capabilities;
    this.quotas = quotas;
  }

  /**
   * Removes its decommissioning, cooldown, refused fields, pause and learned limits. Other replicas
   * follow within {@code burnish.models.refresh}.
   *
   * @return whether the model is configured
   * @throws io.burnish.database.DatabaseException when the database is unavailable; a part may be
   *     reset already
   */
  public boolean reset(String model) {
    if (chain.place(model) < 0) {
      return false;
    }
    // Before, so that no running write stores a refusal again; after, for what was read meanwhile.
    capabilities.reset(model);
    Instant at = states.reset(model);
    quotas.reset(model);
    capabilities.reset(model);
    chain.reset(model);
    watch.resetHere(model, at);
    LOG.infof(
        "Model %s: decommissioning, cooldown, refused fields and learned limits are reset by DELETE /models/%s/state",
        model, model);
    return true;
  }
}
