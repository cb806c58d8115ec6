package io.burnish.models.health;

import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.ProviderFault.Kind;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Logs the changes of a model's health, and passes on those that concern other replicas. A cooldown
 * is logged when it begins; while the model does not answer, its repetitions are logged only now
 * and then. Stateless.
 *
 * <p>The methods with a {@link HealthTransition} return whether the call may be retried: it began
 * the cooldown itself, or there is none.
 */
public final class ModelEventLog {

  private static final Logger LOG = Logger.getLogger(ModelEventLog.class);

  /** From this number of cooldowns in a row, the line is repeated each time the number doubles. */
  private static final int REMINDER = 16;

  private final ModelEvents events;

  /** Logs each event, and passes it on. */
  public ModelEventLog(ModelEvents events) {
    this.events = events;
  }

  void cooldownBegan(HealthTransition change) {
    events.cooldownBegan(change.model(), change.is().cooldown().cause());
  }

  /** A call goes to the next model. */
  public void fellBack(String model, ProviderFault fault) {
    events.fellBack(model, fault);
  }

  boolean throttled(HealthTransition change) {
    if (change.failsOver()) {
      LOG.warnf(
          "Model %s: cooldown until %s after %d rate limits in a row (%s). Fallback to the next model (RATE_LIMIT_MAX_CONSECUTIVE_429).",
          change.model(),
          change.is().cooldown().until(),
          change.was().throttledInARow() + 1,
          change.fault().getMessage());
      events.coolingDown(
          change.model(), change.cooldownTime(), "cooldown: " + change.fault().getMessage());
    }
    return change.startsCooldown();
  }

  /** A wait that the provider names applies to every replica. */
  boolean failed(HealthTransition change) {
    int inARow = change.is().failedInARow();
    if (change.startsCooldown() && isLogged(inARow)) {
      LOG.warnf(
          "Model %s: cooldown until %s, %s (%s). Fallback to other models; one call is tried then. Failures in a row: %d.",
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
          "Model %s: cooldown until %s, refused (%s): %d calls in a row were refused for their content. One call is tried then.",
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
          "Model %s: cooldown until %s, unknown at this address or not open to this account (%s). One call is tried then. Do what the message says, check GROQ_BASE_URL and GROQ_API_KEY, or remove the model from BURNISH_MODELS.",
          change.model(), change.is().cooldown().until(), change.fault().getMessage());
    }
    return false;
  }

  void accountRefused(ProviderFault fault, Cooldown cooldown) {
    LOG.errorf(
        "The provider refuses this account: %s. Cooldown of all models until %s; check GROQ_API_KEY, GROQ_BASE_URL and the account.",
        fault.getMessage(), cooldown.until());
  }

  void answersAgain(String model, Cooldown cooldown) {
    LOG.infof("Model %s answers again after its cooldown (%s)", model, cooldown.reason());
  }

  /** A model of the preference was decommissioned earlier. */
  public void alreadyDecommissioned(String model, String reason) {
    LOG.warnf(
        "Model %s is not called: decommissioned (%s). DELETE /models/%s/state resets it.",
        model, reason, model);
  }

  void decommissioned(String model, String reason, List<String> remaining) {
    LOG.errorf(
        "Model %s is decommissioned (%s) and is not called again. Remaining: %s. Remove it from BURNISH_MODELS.",
        model, reason, remaining);
    events.decommissioned(model, reason);
  }

  private static boolean isLogged(int inARow) {
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
