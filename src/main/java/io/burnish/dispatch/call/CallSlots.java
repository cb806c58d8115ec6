package io.burnish.dispatch.call;

import io.burnish.dispatch.plan.DispatchConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The slots of calls in flight: {@code burnish.worker.concurrency} of them. A slot is free again
 * when the outcomes of its call are handed to the writer, while the writer keeps up; otherwise when
 * they are written. Thread-safe.
 */
@Singleton
public class CallSlots {

  /**
   * A claim costs nearly the same for one item as for twenty. While there is plenty to do, it waits
   * for this share of the slots.
   */
  private static final int SHARE_AT_ONCE = 3;

  private static final Duration GATHERING = Duration.ofMillis(5);

  private final int count;

  /** One permit for each slot without a call. */
  private final Semaphore free;

  /** One permit for each call whose outcomes may wait to be written after its slot is free. */
  private final Semaphore unwritten;

  @Inject
  public CallSlots(DispatchConfig config) {
    this(config.concurrency());
  }

  /**
   * @param count slots; over 0
   */
  public CallSlots(int count) {
    this.count = count;
    this.free = new Semaphore(count);
    this.unwritten = new Semaphore(count);
  }

  /** How many slots there are. */
  public int count() {
    return count;
  }

  /** How many slots are free now. */
  public int free() {
    return free.availablePermits();
  }

  /**
   * Acquires all slots that are free; waits for the first one.
   *
   * @param atMost how long to wait for the first one
   * @param plenty whether there is work for more slots than are likely to be free: then waits some
   *     milliseconds for a third of all
   * @return how many; 0 when none was free in time. Each is given back by {@link #release}, or ends
   *     with the call that takes it
   * @throws InterruptedException when interrupted while waiting
   */
  public int acquire(Duration atMost, boolean plenty) throws InterruptedException {
    if (!free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      return 0;
    }
    int acquired = 1 + free.drainPermits();
    int missing = count / SHARE_AT_ONCE - acquired;
    boolean more =
        plenty
            && missing > 0
            && free.tryAcquire(missing, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    return more ? acquired + missing : acquired;
  }

  /** Gives back slots in which no call began. */
  public void release(int slots) {
    free.release(slots);
  }

  /**
   * A call has ended and its outcomes are handed to the writer: its slot is free, unless too many
   * outcomes wait to be written.
   *
   * @return to be run once the outcomes are written
   */
  Runnable answered() {
    boolean mayWait = unwritten.tryAcquire();
    if (mayWait) {
      free.release();
    }
    Semaphore taken = mayWait ? unwritten : free;
    return taken::release;
  }

  /**
   * Waits until no call is in flight and all outcomes are written.
   *
   * @return whether it is so within {@code atMost}
   * @throws InterruptedException when interrupted while waiting
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    return drained(free, until) && drained(unwritten, until);
  }

  private boolean drained(Semaphore permits, long until) throws InterruptedException {
    boolean all = permits.tryAcquire(count, until - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (all) {
      permits.release(count);
    }
    return all;
  }
}
