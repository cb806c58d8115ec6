package io.burnish.loops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs work at intervals on a thread of its own until it is stopped. An exception or an error ends
 * one turn, not the loop. For intervals that are computed or under one second; others use
 * {@code @Scheduled}.
 */
public final class Periodic {

  /** The loop reports to its watch at least this often, however long its interval is. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String name;
  private final Duration every;
  private final LoopTurn turn;
  private final LoopWatch watch;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param name of the thread, and of the loop in the watch
   * @param every time between the end of one turn and the next
   * @param work what a turn does
   */
  public Periodic(String name, Duration every, Runnable work, LoopWatch watch) {
    this.name = name;
    this.every = every;
    this.turn = new LoopTurn(name, every, work, watch);
    this.watch = watch;
  }

  /** Starts the loop; its first turn comes after {@code every}. */
  public void start() {
    watch.turned(name);
    Thread thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the loop after the turn in progress. */
  public void stop() {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!waitForTurn()) {
        turn.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.ended(name);
  }

  /** Waits for the next turn; returns whether the loop was stopped meanwhile. */
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
}
