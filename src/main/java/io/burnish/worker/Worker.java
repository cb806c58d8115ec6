package io.burnish.worker;

import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.call.CallSlots;
import io.burnish.dispatch.call.CallThreads;
import io.burnish.job.state.JobRunnable;
import io.burnish.loops.PollingLoop;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Starts the claim loop with the application, wakes it for a new job, and stops it. */
@ApplicationScoped
public class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);

  private final WorkerConfig config;
  private final PollingLoop loop;
  private final CallThreads threads;
  private final CallSlots slots;
  private final WorkerLease lease;
  private final BatchWriters writers;

  Worker(
      WorkerConfig config,
      PollingLoop loop,
      CallThreads threads,
      CallSlots slots,
      WorkerLease lease,
      BatchWriters writers) {
    this.config = config;
    this.loop = loop;
    this.threads = threads;
    this.slots = slots;
    this.lease = lease;
    this.writers = writers;
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    if (!config.enabled()) {
      LOG.info("This replica does not work on jobs (burnish.worker.enabled=false)");
      return;
    }
    lease.start(threads);
    writers.loops().forEach(threads::execute);
    threads.execute(loop);
    LOG.infof("Worker %s started: up to %d calls in flight", lease.worker(), slots.count());
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobRunnable event) {
    loop.wake();
  }

  /** Readiness is down, and requests may still come for a while: nothing more is claimed. */
  void prepareToStop(@Observes ShutdownDelayInitiatedEvent event) {
    loop.stop();
  }

  void stop(@Observes ShutdownEvent event) {
    if (!config.enabled()) {
      return;
    }
    loop.stop();
    drain();
    writers.close();
    lease.end();
    threads.shutdown();
  }

  private void drain() {
    try {
      if (!slots.drain(config.drain())) {
        LOG.warnf(
            "Calls are still in flight after %s (burnish.worker.drain); their items are released",
            config.drain());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
