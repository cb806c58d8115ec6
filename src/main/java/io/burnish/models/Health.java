package io.burnish.models;

import java.util.Optional;

/**
 * How a model has been answering. What a fault makes of it is {@link Patience}'s to say.
 *
 * @param throttledInARow refusals by a limit since its last answer or switch
 * @param failedInARow failures since its last answer; calls that fail together count once
 * @param answeredInARow answers since its last rest; few of them mean few calls at a time
 * @param rest its last one, over or not
 * @param lastSwitch when work was last taken from it; empty: never
 */
record Health(
    int throttledInARow,
    int failedInARow,
    int answeredInARow,
    Rest rest,
    Optional<Switch> lastSwitch) {

  /** Answers in a row after which a model that came back is trusted with any number of calls. */
  private static final int TRUSTED = 5;

  static final Health GOOD = new Health(0, 0, TRUSTED, Rest.NONE, Optional.empty());

  Health answered() {
    return new Health(0, 0, Math.min(TRUSTED, answeredInARow + 1), Rest.NONE, lastSwitch);
  }

  /** Calls that it may be given at once: twice as many with each answer since it came back. */
  int trust() {
    return answeredInARow >= TRUSTED ? Integer.MAX_VALUE : 1 << answeredInARow;
  }
}
