package io.burnish.models;

import io.burnish.provider.ProviderFault;
import java.util.List;
import org.jboss.logging.Logger;

/** Tells people, other replicas and later starts what became of a model. Stateless. */
final class ModelNews {

  private static final Logger LOG = Logger.getLogger(ModelChain.class);

  private final Witness witness;

  ModelNews(Witness witness) {
    this.witness = witness;
  }

  void throttled(HealthChange change) {
    if (change.switches()) {
      LOG.warnf(
          "Model %s was throttled %d times in a row (%s); it rests until %s and the next one takes over",
          change.model(),
          change.was().throttledInARow() + 1,
          change.fault().getMessage(),
          change.is().rest().until());
      witness.rests(change.model(), change.rest(), "cooldown: " + change.fault().getMessage());
    }
  }

  /** A wait that the provider names concerns every replica. */
  void failed(HealthChange change) {
    if (change.switches()) {
      LOG.warnf(
          "Model %s failed %d times in a row (%s); it rests until %s",
          change.model(),
          change.is().failedInARow(),
          change.fault().getMessage(),
          change.is().rest().until());
    }
    if (change.beganToRest() && change.fault().waitTime().isPresent()) {
      witness.rests(
          change.model(),
          change.rest(),
          "the provider asks to wait: " + change.fault().getMessage());
    }
  }

  void blocked(HealthChange change) {
    if (change.beganToRest()) {
      LOG.errorf(
          "Model %s is not open to this account: %s. It is left out, and tried again by itself at %s: do what the message says, or take it out of BURNISH_MODELS.",
          change.model(), change.fault().getMessage(), change.is().rest().until());
    }
  }

  void accountRefused(ProviderFault fault, Rest rest) {
    LOG.errorf(
        "The provider refuses this account: %s. Nothing is asked until %s; check GROQ_API_KEY, GROQ_BASE_URL and the account.",
        fault.getMessage(), rest.until());
  }

  void knownGone(String model, String reason) {
    LOG.warnf(
        "Model %s is not asked, for it was found gone before: %s. To have it tried again: DELETE FROM model_state WHERE model = '%s', and restart.",
        model, reason, model);
  }

  void gone(String model, String reason, List<String> left) {
    LOG.errorf(
        "Model %s is gone and will not be asked again: %s. Left: %s. Take it out of BURNISH_MODELS.",
        model, reason, left);
    witness.gone(model, reason);
  }
}
