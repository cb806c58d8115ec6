package io.burnish.models;

import io.burnish.provider.ProviderFault;
import io.burnish.provider.ProviderFault.Kind;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells people, other replicas and later starts what became of a model. One line when a cooldown
 * begins, none for its repetitions until the model answers again, but a reminder now and then.
 * Stateless.
 *
 * <p>The methods on health tell whether the fault began a cooldown, or none is there, so that its
 * call alone may be sent again.
 */
final class ModelEventLog {

  private static final Logger LOG = Logger.getLogger(ModelChain.class);

  /** From so many cooldowns in a row on, the line is repeated each time the number has doubled. */
  private static final int REMINDER = 16;

  private final ModelEvents events;

  ModelEventLog(ModelEvents events) {
    this.events = events;
  }

  boolean throttled(HealthTransition change) {
    if (change.failsOver()) {
      LOG.warnf(
          "Model %s: cooldown until %s after %d rate limits in a row (%s); the next model takes over (RATE_LIMIT_MAX_CONSECUTIVE_429)",
          change.model(),
          change.is().cooldown().until(),
          change.was().throttledInARow() + 1,
          change.fault().getMessage());
      events.coolingDown(
          change.model(), change.cooldownTime(), "cooldown: " + change.fault().getMessage());
    }
    return change.startsCooldown();
  }

  /** A wait that the provider names concerns every replica. */
  boolean failed(HealthTransition change) {
    int inARow = change.is().failedInARow();
    if (change.startsCooldown() && isWorthALine(inARow)) {
      LOG.warnf(
          "Model %s: cooldown until %s, %s (%s); it is tried again then, and other models are asked meanwhile. In a row: %d",
          change.model(),
          change.is().cooldown().until(),
          cause(change.fault().kind()),
          change.fault().getMessage(),
          inARow);
    }
    if (change.startsCooldown() && change.fault().waitTime().isPresent()) {
      events.coolingDown(
          change.model(),
          change.cooldownTime(),
          "the provider asks to wait: " + change.fault().getMessage());
    }
    return change.startsCooldown();
  }

  boolean refused(HealthTransition change) {
    if (change.startsCooldown() && change.failsOver()) {
      LOG.warnf(
          "Model %s: cooldown until %s, refused (%s); %d calls in a row were refused for what they ask. One call is tried then",
          change.model(),
          change.is().cooldown().until(),
          change.fault().getMessage(),
          change.is().refusedInARow());
    }
    return true;
  }

  boolean blocked(HealthTransition change) {
    if (change.startsCooldown()) {
      LOG.errorf(
          "Model %s: cooldown until %s, unknown at this address or not open to this account (%s). It is tried again then: do what the message says, check GROQ_BASE_URL and GROQ_API_KEY, or take it out of BURNISH_MODELS.",
          change.model(), change.is().cooldown().until(), change.fault().getMessage());
    }
    return false;
  }

  void accountRefused(ProviderFault fault, Cooldown rest) {
    LOG.errorf(
        "The provider refuses this account: %s. Cooldown of all models until %s; check GROQ_API_KEY, GROQ_BASE_URL and the account.",
        fault.getMessage(), rest.until());
  }

  void answersAgain(String model, Cooldown rest) {
    LOG.infof("Model %s answers again; its cooldown was for: %s", model, rest.reason());
  }

  void alreadyDecommissioned(String model, String reason) {
    LOG.warnf(
        "Model %s is not asked, because it is decommissioned: %s. To have it tried again: DELETE /models/%s/state",
        model, reason, model);
  }

  void decommissioned(String model, String reason, List<String> left) {
    LOG.errorf(
        "Model %s is decommissioned and will not be asked again: %s. Left: %s. Take it out of BURNISH_MODELS.",
        model, reason, left);
    events.decommissioned(model, reason);
  }

  private static boolean isWorthALine(int inARow) {
    return inARow == 1 || (inARow >= REMINDER && Integer.bitCount(inARow) == 1);
  }

  private static String cause(Kind kind) {
    return switch (kind) {
      case TIMED_OUT -> "timeout";
      case OVERLOADED -> "overloaded";
      case UNREACHABLE -> "unreachable";
      case THROTTLED -> "rate limit";
      case REFUSED, UNSUPPORTED -> "refused";
      case GONE -> "unknown model";
      case TOO_LARGE, TRUNCATED, UNUSABLE -> kind.word();
    };
  }
}
