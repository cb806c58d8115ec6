package io.burnish.loops;

import io.burnish.database.DatabaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does something every so often on a thread of its own, until it is stopped. Whatever is thrown
 * ends one turn only.
 */
public final class Periodic {

  private static final Logger LOG = Logger.getLogger(Periodic.class);

  /** A loop reports to its watch at least this often, however long it waits. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String name;
  private final Duration every;
  private final Runnable duty;
  private final LoopWatch watch;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param name of the thread, and of the loop in the watch
   * @param every time between the end of one turn and the next
   */
  public Periodic(String name, Duration every, Runnable duty, LoopWatch watch) {
    this.name = name;
    this.every = every;
    this.duty = duty;
    this.watch = watch;
  }

  /** Starts the loop; its first turn comes after {@code every}. */
  public void start() {
    watch.turned(name);
    Thread thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the loop after the turn that it is in. */
  public void stop() {
    stopped.countDown();
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void run() {
    try {
      while (!waitForTurn()) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.ended(name);
  }

  /** Waits for the next turn; whether it was stopped meanwhile. */
  private boolean waitForTurn() throws InterruptedException {
    Duration left = every;
    while (left.compareTo(LONGEST_WAIT) > 0) {
      watch.turned(name);
      if (stopped.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      left = left.minus(LONGEST_WAIT);
    }
    watch.turned(name);
    return stopped.await(left.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void turn() {
    try {
      duty.run();
      watch.succeeded(name);
    } catch (RuntimeException e) {
      watch.failed(name);
      if (DatabaseException.isTransient(e)) {
        LOG.warnf(
            "A turn of the loop \"%s\" failed: %s; the next is in %s", name, e.getMessage(), every);
        return;
      }
      LOG.warnf(e, "A turn of the loop \"%s\" failed; the next is in %s", name, every);
    } catch (Error e) {
      watch.failed(name);
      LOG.errorf(e, "A turn of the loop \"%s\" failed; the next is in %s", name, every);
    }
  }
}
