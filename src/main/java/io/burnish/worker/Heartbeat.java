package io.burnish.worker;

import io.burnish.queue.ItemQueue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says that this worker is alive, and gives back what silent ones held. */
final class Heartbeat implements Runnable {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  private final UUID id;
  private final String node;
  private final WorkerConfig config;
  private final ItemQueue queue;
  private final Wakeup wakeup;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Heartbeat(UUID id, WorkerConfig config, ItemQueue queue, Wakeup wakeup) {
    this.id = id;
    this.node = config.node().orElse(id.toString());
    this.config = config;
    this.queue = queue;
    this.wakeup = wakeup;
  }

  @Override
  public void run() {
    try {
      while (!stopped.await(config.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
        tryBeat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryBeat() {
    try {
      beat();
    } catch (RuntimeException e) {
      LOG.warnf(
          "No sign of life could be given: %s; the next in %s", e.getMessage(), config.heartbeat());
    }
  }

  /** One sign of life, and a look at the others'. */
  void beat() {
    queue.beat(id, node);
    int rescued = queue.rescue(id, node, (int) config.silence().toSeconds());
    if (rescued > 0) {
      LOG.warnf(
          "%d records of a worker that fell silent are taken back; no attempt is charged", rescued);
      wakeup.call();
    }
  }

  void stop() {
    stopped.countDown();
  }
}
