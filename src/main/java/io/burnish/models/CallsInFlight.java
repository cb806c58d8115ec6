package io.burnish.models;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Calls to one model that began and have not ended. One that never ends, because an error of ours
 * lost it, is not counted after {@link #LOST}. Not thread-safe.
 */
final class CallsInFlight {

  /** Longer than a call can take with all its retries. */
  static final Duration LOST = Duration.ofMinutes(3);

  /** When each began, the oldest first. */
  private final Deque<Instant> begins = new ArrayDeque<>();

  void began(int calls, Instant now) {
    for (int i = 0; i < calls; i++) {
      begins.addLast(now);
    }
  }

  /** Which of them ended does not matter: the oldest is taken off. */
  void ended() {
    begins.pollFirst();
  }

  /** Calls that began last were not sent after all. */
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
