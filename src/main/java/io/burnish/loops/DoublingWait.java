package io.burnish.loops;

import java.time.Duration;

/** Waits between tries: each is twice as long as the one before, up to the longest. */
public final class DoublingWait {

  private DoublingWait() {}

  /**
   * The wait after a try.
   *
   * @param tries so far; over 0
   * @param first the wait after the first try; over 0
   * @param longest no wait is longer
   */
  public static Duration after(int tries, Duration first, Duration longest) {
    Duration wait = first;
    for (int i = 1; i < tries && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
