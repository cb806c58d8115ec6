package io.burnish.quota.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a reservation.
 *
 * @param calls how many calls may be sent; their tokens are reserved
 * @param waitTime time until one call may be sent; zero if some may be sent now
 * @param waitingFor reason of the wait, in words; empty if some may be sent now
 * @param tooLarge whether a call of this size never fits the known limits
 */
public record Grant(int calls, Duration waitTime, Optional<String> waitingFor, boolean tooLarge) {

  /** So many calls may be sent now. */
  public static Grant of(int calls) {
    return new Grant(calls, Duration.ZERO, Optional.empty(), false);
  }

  /** No call may be sent for a time. */
  public static Grant denied(Duration waitTime, String waitingFor) {
    return new Grant(0, waitTime, Optional.of(waitingFor), false);
  }

  static Grant never(String why) {
    return new Grant(0, Duration.ZERO, Optional.of(why), true);
  }
}
