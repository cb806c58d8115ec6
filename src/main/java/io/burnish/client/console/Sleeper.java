package io.burnish.client.console;

import java.time.Duration;

/** Sleeps; tests replace it. */
@FunctionalInterface
public interface Sleeper {

  /** Sleeps for this time. */
  void pause(Duration time) throws InterruptedException;

  /**
   * Sleeps for this time.
   *
   * @throws ClientException if this thread is interrupted
   */
  default void sleep(Duration time) {
    try {
      pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("interrupted while waiting", e);
    }
  }
}
