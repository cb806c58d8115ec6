package io.burnish.completion;

import io.burnish.database.DatabaseException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Repeats a write while the database is unavailable or reports a conflict. What is written was paid
 * for, so it stays in memory for as long as this process lives.
 */
final class PersistentWrite {

  private static final Logger LOG = Logger.getLogger(PersistentWrite.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private PersistentWrite() {}

  /**
   * Writes; blocks until the database has taken it.
   *
   * @param entries how many, for the log
   * @param reportAlive is run before each try
   * @throws RuntimeException when the database refuses the write for good
   */
  static void run(int entries, Runnable write, Runnable reportAlive) {
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      reportAlive.run();
      try {
        write.run();
        return;
      } catch (RuntimeException e) {
        if (!DatabaseException.isTransient(e)) {
          throw e;
        }
        LOG.warnf(
            "Database unavailable: %s. %d results are kept in memory; retry in %s",
            e.getMessage(), entries, pause);
        pause(pause);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the database was unavailable", e);
    }
  }
}
