package io.burnish.worker;

import io.burnish.cluster.ClusterConfig;
import io.burnish.cluster.Heartbeat;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.queue.item.Claimant;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** The registration of this worker, from its first heartbeat to its end. */
@Singleton
class WorkerLease {

  private static final Logger LOG = Logger.getLogger(WorkerLease.class);

  private final UUID worker;
  private final Heartbeat heartbeat;
  private final WorkerRegistry registry;
  private final ClusterConfig config;

  WorkerLease(
      Claimant claimant, Heartbeat heartbeat, WorkerRegistry registry, ClusterConfig config) {
    this.worker = claimant.worker();
    this.heartbeat = heartbeat;
    this.registry = registry;
    this.config = config;
  }

  /** The id of this worker. */
  UUID worker() {
    return worker;
  }

  /**
   * Registers the worker, and reclaims what earlier processes of the same node held.
   *
   * @throws io.burnish.database.DatabaseException when the database does not answer
   */
  void start(Executor threads) {
    heartbeat.start();
    threads.execute(heartbeat);
  }

  /** Ends the heartbeat and releases the worker's items. */
  void end() {
    heartbeat.stop();
    try {
      int released = registry.deregister(worker);
      LOG.infof("Worker %s stopped; %d items were released", worker, released);
    } catch (RuntimeException e) {
      LOG.warnf(
          "Worker %s could not release its items: %s; another worker rescues them in %s (burnish.worker.silence)",
          worker, e.getMessage(), config.silence());
    }
  }
}
