package io.burnish.models.health;

import io.burnish.provider.fault.ModelUnavailable;
import io.burnish.provider.fault.Overloaded;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Refused;
import io.burnish.provider.fault.Throttled;
import java.time.Duration;
import java.time.Instant;

/**
 * Cooldown: time in which no call is sent to a model.
 *
 * @param cause what it follows from
 * @param until when calls may be sent again
 * @param reason why, for logs and the API; empty text with {@link Cause#NONE}
 */
public record Cooldown(Cause cause, Instant until, String reason) {

  static final Cooldown NONE = new Cooldown(Cause.NONE, Instant.MIN, "");

  /** What a cooldown follows from. */
  public enum Cause {
    /** There is no cooldown. */
    NONE,
    /** A rate limit was reached. */
    LIMIT,
    /** Calls failed. */
    FAILURE,
    /** Several calls in a row were refused for their content. */
    REFUSAL,
    /** The model is unknown, or not open to this account, until a person opens it. */
    BLOCKED,
    /** The provider refuses the account, and with it every model. */
    ACCOUNT;

    /** Whether a person has to act, because the cause does not pass by itself. */
    public boolean isOutage() {
      return this == BLOCKED || this == ACCOUNT;
    }
  }

  /** Whether it ended before {@code now}, or then. */
  public boolean isOver(Instant now) {
    return !until.isAfter(now);
  }

  /**
   * The fault of a call that is not sent: the model is in this cooldown or, when it is over, has as
   * many calls in flight as it may have. The fault forbids a retry.
   */
  public ProviderFault unsentCall(String model, Instant now) {
    ProviderFault fault =
        isOver(now)
            ? new Overloaded(
                model,
                "no call is sent to %s: slow start, calls in flight must end first"
                    .formatted(model))
            : unsentCall(model, Duration.between(now, until));
    fault.forbidRetry();
    return fault;
  }

  private ProviderFault unsentCall(String model, Duration wait) {
    String why = "no call is sent to %s: cooldown until %s, %s".formatted(model, until, reason);
    return switch (cause) {
      case LIMIT -> new Throttled(model, 0, why, ProviderFault.Dimension.UNKNOWN, wait);
      case ACCOUNT -> new Refused(model, 0, why, true);
      case BLOCKED -> new ModelUnavailable(model, 0, why, false);
      case NONE, FAILURE, REFUSAL -> new Overloaded(model, why);
    };
  }
}
