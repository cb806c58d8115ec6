package io.burnish.loops;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A sleep that something new cuts short. A call that comes while nobody sleeps is not lost: the
 * next sleep ends at once. Thread-safe.
 */
public final class Signal {

  private final Semaphore calls = new Semaphore(0);

  /** Ends the sleep, or the next one. */
  public void raise() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /**
   * Sleeps until called, at most so long.
   *
   * @return whether it was called
   * @throws InterruptedException when the thread is told to stop
   */
  public boolean await(Duration atMost) throws InterruptedException {
    boolean called = calls.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    calls.drainPermits();
    return called;
  }
}
