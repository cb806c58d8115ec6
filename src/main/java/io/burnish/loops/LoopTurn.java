package io.burnish.loops;

import io.burnish.database.DatabaseException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * One turn of a background loop: runs it, reports to the watch whether it succeeded, and logs what
 * it throws. Nothing is thrown to the caller. Thread-safe.
 */
public final class LoopTurn {

  private static final Logger LOG = Logger.getLogger(LoopTurn.class);

  private final String loop;
  private final Duration every;
  private final Runnable work;
  private final LoopWatch watch;

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
      watch.succeeded(loop);
    } catch (RuntimeException e) {
      watch.failed(loop);
      if (DatabaseException.isTransient(e)) {
        LOG.warnf("Background loop \"%s\" failed: %s. Retry in %s", loop, e.getMessage(), every);
      } else {
        LOG.warnf(e, "Background loop \"%s\" failed. Retry in %s", loop, every);
      }
    } catch (Error e) {
      watch.failed(loop);
      LOG.errorf(e, "Background loop \"%s\" failed. Retry in %s", loop, every);
    }
  }
}
