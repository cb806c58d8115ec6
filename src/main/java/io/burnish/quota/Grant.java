package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a wish to send calls.
 *
 * @param calls how many may be sent; their tokens are reserved
 * @param waitTime until one may be sent; zero when some may
 * @param waitingFor what is waited for, in words; empty when some may be sent
 * @param tooLarge whether a call of this size can never be sent under the limits as they are known
 */
public record Grant(int calls, Duration waitTime, Optional<String> waitingFor, boolean tooLarge) {

  static Grant of(int calls) {
    return new Grant(calls, Duration.ZERO, Optional.empty(), false);
  }

  static Grant denied(Duration waitTime, String waitingFor) {
    return new Grant(0, waitTime, Optional.of(waitingFor), false);
  }

  static Grant never(String why) {
    return new Grant(0, Duration.ZERO, Optional.of(why), true);
  }
}
