package io.burnish.models.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The calls in flight to one model. A call whose end is not reported, because of an internal error,
 * is no longer counted after {@link #LOST}. Not thread-safe.
 */
final class CallsInFlight {

  /** Longer than a call takes with all its retries. */
  static final Duration LOST = Duration.ofMinutes(3);

  /** When each call began, oldest first. */
  private final Deque<Instant> begins = new ArrayDeque<>();

  void began(int calls, Instant now) {
    for (int i = 0; i < calls; i++) {
      begins.addLast(now);
    }
  }

  /** Removes the oldest: only the number of calls matters. */
  void ended() {
    begins.pollFirst();
  }

  /** Removes calls that began last. */
  void notSent(int calls) {
    for (int i = 0; i < calls; i++) {
      begins.pollLast();
    }
  }

  int count(Instant now) {
    while (!begins.isEmpty() && begins.peekFirst().plus(LOST).isBefore(now)) {
      begins.pollFirst();
    }
    return begins.size();
  }
}
