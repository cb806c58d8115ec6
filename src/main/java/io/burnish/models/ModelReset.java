package io.burnish.models;

import io.burnish.quota.Quotas;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Forgets what was learned of a model: after a change at the provider that nobody tells us of. */
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
   * Forgets that the model is decommissioned, its cooldown, the fields it refuses, its pause and
   * the limits that were learned. Other replicas do the same within {@code burnish.models.refresh}.
   *
   * @return whether the model is configured
   * @throws io.burnish.database.DatabaseException when the database is away; something may be
   *     forgotten all the same
   */
  public boolean reset(String model) {
    if (chain.place(model) < 0) {
      return false;
    }
    // Before, or a refusal that is being written would outlive the row; after, or one just read.
    capabilities.reset(model);
    Instant at = states.reset(model);
    quotas.reset(model);
    capabilities.reset(model);
    chain.reset(model);
    watch.resetHere(model, at);
    LOG.infof(
        "Model %s: decommissioning, cooldown, refused fields and learned limits are forgotten, as asked by DELETE /models/%s/state",
        model, model);
    return true;
  }
}
