package io.burnish.loops;

import io.burnish.database.DatabaseException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * One turn of a background loop: runs it, reports to the watch whether it succeeded, and logs what
 * it throws, at most every ten seconds of an outage. Nothing is thrown to the caller. Thread-safe.
 */
public final class LoopTurn {

  private static final Logger LOG = Logger.getLogger(LoopTurn.class);

  /** Between two lines about failures in a row. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final String loop;
  private final Duration every;
  private final Runnable work;
  private final LoopWatch watch;
  private boolean failing;
  private long loggedAt;

  /**
   * @param loop name of the loop in the watch and in the log
   * @param every time until the next turn; for the log
   * @param work what a turn does
   */
  public LoopTurn(String loop, Duration every, Runnable work, LoopWatch watch) {
    this.loop = loop;
    this.every = every;
    this.work = work;
    this.watch = watch;
  }

  /** Runs one turn. A transient database error is logged as WARN without a stack. */
  public void run() {
    try {
      work.run();
      succeeded();
    } catch (RuntimeException e) {
      watch.failed(loop);
      if (isToLog()) {
        if (DatabaseException.isTransient(e)) {
          LOG.warnf("Background loop \"%s\" failed: %s. Retry in %s", loop, e.getMessage(), every);
        } else {
          LOG.warnf(e, "Background loop \"%s\" failed. Retry in %s", loop, every);
        }
      }
    } catch (Error e) {
      watch.failed(loop);
      if (isToLog()) {
        LOG.errorf(e, "Background loop \"%s\" failed. Retry in %s", loop, every);
      }
    }
  }

  private synchronized void succeeded() {
    failing = false;
    watch.succeeded(loop);
  }

  private synchronized boolean isToLog() {
    long now = System.nanoTime();
    if (failing && now - loggedAt < QUIET.toNanos()) {
      return false;
    }
    failing = true;
    loggedAt = now;
    return true;
  }
}
