package io.burnish.worker;

import io.burnish.job.JobSubmitted;
import io.burnish.job.Jobs;
import io.burnish.models.ModelChain;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;

/**
 * This replica's worker: starts with the application, stops with it, and wakes when a job is
 * posted.
 */
@ApplicationScoped
public class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);

  private static final int LARGEST_BATCH = 200;

  /** Loop, heartbeat and the two writers. */
  private static final int THREADS_BESIDE_HANDS = 4;

  private final UUID id = UUID.randomUUID();
  private final WorkerConfig config;
  private final ItemQueue queue;
  private final Wakeup wakeup = new Wakeup();
  private final GroupCommit<Outcome> outcomes;
  private final GroupCommit<LedgerEntry> ledger;
  private final WorkerLoop loop;
  private final Heartbeat heartbeat;
  private final ManagedExecutor executor;

  Worker(
      WorkerConfig config,
      ItemQueue queue,
      Jobs jobs,
      ModelChain chain,
      Reuse reuse,
      Asking asking,
      Completer completer,
      Clock clock) {
    this.config = config;
    this.queue = queue;
    // Nothing of the request that posted a job may reach the threads that work on it: no
    // transaction, no request scope.
    this.executor =
        ManagedExecutor.builder()
            .propagated()
            .cleared(org.eclipse.microprofile.context.ThreadContext.ALL_REMAINING)
            .maxAsync(config.concurrency() + THREADS_BESIDE_HANDS)
            .build();
    this.outcomes = new GroupCommit<>(LARGEST_BATCH, completer::complete);
    this.ledger = new GroupCommit<>(LARGEST_BATCH, completer::keep);
    this.loop =
        new WorkerLoop(
            new WorkerLoop.Parts(
                config, queue, jobs, chain, reuse, asking, outcomes, ledger, wakeup, clock),
            id,
            executor);
    this.heartbeat = new Heartbeat(id, config, queue, wakeup);
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    if (!config.enabled()) {
      LOG.info("This replica does not work on jobs (burnish.worker.enabled=false)");
      return;
    }
    heartbeat.beat();
    executor.execute(heartbeat);
    executor.execute(outcomes);
    executor.execute(ledger);
    executor.execute(loop);
    LOG.infof("Worker %s works with %d hands", id, config.concurrency());
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobSubmitted event) {
    wakeup.call();
  }

  void stop(@Observes ShutdownEvent event) {
    if (!config.enabled()) {
      return;
    }
    loop.stop();
    if (!loop.drain(config.drain())) {
      LOG.warnf(
          "Calls were still in flight after %s; their records are given back", config.drain());
    }
    outcomes.close();
    ledger.close();
    heartbeat.stop();
    int released = queue.signOff(id);
    LOG.infof("Worker %s is gone; %d records were given back", id, released);
    executor.shutdown();
  }
}
