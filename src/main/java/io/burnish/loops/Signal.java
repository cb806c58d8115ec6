package io.burnish.loops;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A signal that ends another thread's wait. A signal that is raised while no thread waits is kept:
 * the next wait ends at once. Thread-safe.
 */
public final class Signal {

  private final Semaphore raised = new Semaphore(0);

  /** Ends the wait in progress, or the next one. */
  public void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /**
   * Waits until the signal is raised, and resets it.
   *
   * @param atMost longest wait
   * @return whether the signal was raised
   * @throws InterruptedException when the thread is interrupted
   */
  public boolean await(Duration atMost) throws InterruptedException {
    boolean signalled = raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    raised.drainPermits();
    return signalled;
  }
}
