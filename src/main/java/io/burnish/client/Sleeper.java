package io.burnish.client;

import java.time.Duration;

/** How the client waits; tests do not. */
@FunctionalInterface
interface Waiting {

  /** Returns after that time. */
  void pause(Duration time) throws InterruptedException;

  /**
   * The same, for callers that are not interrupted.
   *
   * @throws ClientException when this thread is interrupted
   */
  default void forA(Duration time) {
    try {
      pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("interrupted while waiting", e);
    }
  }
}
