package io.burnish.simulator;

import io.burnish.simulator.Admission.Throttled;
import io.burnish.simulator.Admission.TooLarge;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The replies that misbehaviours of the whole call are. Stateless. */
final class Faults {

  /** What is said at the door: such a call takes nothing from the limits. */
  private static final Set<Misbehaviour> AT_THE_DOOR =
      EnumSet.of(
          Misbehaviour.THROTTLED,
          Misbehaviour.THROTTLED_FOR_LONG,
          Misbehaviour.TOO_LARGE,
          Misbehaviour.NO_CAPACITY,
          Misbehaviour.KEY_REFUSED,
          Misbehaviour.REQUEST_REFUSED,
          Misbehaviour.DECOMMISSIONED,
          Misbehaviour.MODEL_NOT_FOUND,
          Misbehaviour.TERMS_REQUIRED);

  private Faults() {}

  /** The reply of one that shows before the limits are looked at. */
  static Optional<Reply> atTheDoor(Misbehaviour misbehaviour, String model) {
    return AT_THE_DOOR.contains(misbehaviour) ? of(misbehaviour, model, "") : Optional.empty();
  }

  /** The reply that a misbehaviour is, or empty when it is one of the answer's content. */
  static Optional<Reply> of(Misbehaviour misbehaviour, String model, String goodContent) {
    return Optional.ofNullable(
        switch (misbehaviour) {
          case THROTTLED ->
              ErrorBodies.throttled(model, Throttled.of(Dimension.TPM, 8_000, 7_500, 633));
          case THROTTLED_FOR_LONG ->
              ErrorBodies.throttled(model, Throttled.of(Dimension.TPD, 200_000, 199_000, 14_178));
          case TOO_LARGE -> ErrorBodies.tooLarge(model, new TooLarge(Dimension.TPM, 8_000, 11_285));
          case NO_CAPACITY -> ErrorBodies.noCapacity();
          case SERVER_ERROR -> ErrorBodies.serverError();
          case BAD_GATEWAY -> ErrorBodies.badGateway();
          case OVERLOADED -> ErrorBodies.overloaded(model);
          case KEY_REFUSED -> ErrorBodies.keyRefused();
          case REQUEST_REFUSED -> ErrorBodies.invalid("'temperature' : value must be at most 2");
          case DECOMMISSIONED -> ErrorBodies.decommissioned(model);
          case MODEL_NOT_FOUND -> ErrorBodies.notFound(model);
          case TERMS_REQUIRED -> ErrorBodies.termsRequired(model);
          case JSON_VALIDATE_FAILED -> ErrorBodies.notGenerated(goodContent);
          case RAN_OUT_OF_TOKENS -> ErrorBodies.ranOutOfTokens();
          case ERROR_WITH_200 -> ErrorBodies.errorWith200();
          case BROKEN_JSON,
              FENCED_JSON,
              WRONG_CATEGORY,
              PRICE_NOT_IN_TEXT,
              PRICE_AS_TEXT,
              MISSING_REF,
              FOREIGN_REF,
              REPEATED_REF,
              TRUNCATED,
              EMPTY,
              SLOW,
              HANG_UP ->
              null;
        });
  }
}
