package io.burnish.worker;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.OutcomePolicy;
import io.burnish.cluster.ClusterConfig;
import io.burnish.cluster.Heartbeat;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.completion.BatchWriters;
import io.burnish.completion.Completer;
import io.burnish.dedup.Deduplicator;
import io.burnish.dedup.JobSpecs;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.dispatch.CallFreeResolver;
import io.burnish.dispatch.DispatchConfig;
import io.burnish.dispatch.Dispatcher;
import io.burnish.enhancement.Enhancer;
import io.burnish.job.JobSubmitted;
import io.burnish.job.Jobs;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import io.burnish.models.Admission;
import io.burnish.provider.ProviderConfig;
import io.burnish.queue.Claimant;
import io.burnish.queue.ItemQueue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import java.util.UUID;
import java.util.concurrent.ThreadPoolExecutor;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;

/**
 * This replica's worker: starts with the application, stops with it, and wakes when a job is
 * posted.
 */
@ApplicationScoped
public class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);

  /** Loop, heartbeat and the two writers. */
  private static final int THREADS_BESIDE_HANDS = 4;

  private final UUID id = UUID.randomUUID();
  private final WorkerConfig config;
  private final ClusterConfig cluster;
  private final DispatchConfig calls;
  private final WorkerRegistry registry;
  private final Signal wakeup = new Signal();
  private final BatchWriters writers;
  private final WorkerLoop loop;
  private final Heartbeat heartbeat;
  private final ThreadPoolExecutor pool;
  private final ManagedExecutor executor;

  Worker(
      WorkerConfig config,
      DispatchConfig dispatching,
      ClusterConfig cluster,
      WorkerRegistry registry,
      ProviderConfig provider,
      ItemQueue queue,
      Jobs jobs,
      Deduplicator reuse,
      JobSpecs terms,
      Enhancer enhancer,
      Admission admission,
      CallAttempt asking,
      OutcomePolicy judging,
      InternalErrors errors,
      Completer completer,
      MeterRegistry meters,
      LoopWatch watch) {
    this.config = config;
    this.cluster = cluster;
    this.calls = dispatching;
    this.registry = registry;
    this.pool = CallThreads.pool(dispatching.concurrency() + THREADS_BESIDE_HANDS);
    this.executor = CallThreads.managed(pool);
    this.writers = new BatchWriters(completer, dispatching.concurrency(), watch);
    QuarantinedJobs setAside = new QuarantinedJobs(terms, queue, System::nanoTime);
    CallFreeResolver withoutCall =
        new CallFreeResolver(
            new CallFreeResolver.Parts(
                queue, jobs, reuse, terms, asking, writers, errors, setAside, System::nanoTime));
    Dispatcher dispatch =
        new Dispatcher(
            new Dispatcher.Parts(
                dispatching,
                queue,
                withoutCall,
                terms,
                enhancer,
                admission,
                asking,
                judging,
                writers,
                errors,
                wakeup,
                meters),
            executor);
    this.heartbeat = new Heartbeat(id, cluster, registry, wakeup, System::nanoTime, watch);
    this.loop =
        new WorkerLoop(
            new Claimant(id, provider.kind().word()),
            new WorkerLoop.Parts(
                config,
                dispatching,
                queue,
                registry,
                admission,
                dispatch,
                heartbeat,
                setAside,
                withoutCall,
                errors,
                writers,
                watch),
            wakeup);
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    if (!config.enabled()) {
      LOG.info("This replica does not work on jobs (burnish.worker.enabled=false)");
      return;
    }
    heartbeat.start();
    executor.execute(heartbeat);
    writers.loops().forEach(executor::execute);
    executor.execute(loop);
    LOG.infof("Worker %s works with %d hands", id, calls.concurrency());
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobSubmitted event) {
    wakeup.raise();
  }

  /** Readiness is down, and requests may still come for a while: nothing new is begun. */
  void prepareToStop(@Observes ShutdownDelayInitiatedEvent event) {
    loop.stop();
  }

  void stop(@Observes ShutdownEvent event) {
    if (!config.enabled()) {
      return;
    }
    loop.stop();
    if (!loop.drain(config.drain())) {
      LOG.warnf(
          "Calls were still in flight after %s (burnish.worker.drain); their items are released",
          config.drain());
    }
    writers.close();
    heartbeat.stop();
    signOff();
    pool.shutdown();
  }

  private void signOff() {
    try {
      int released = registry.deregister(id);
      LOG.infof("Worker %s is gone; %d records were given back", id, released);
    } catch (RuntimeException e) {
      LOG.warnf(
          "Worker %s could not release its items: %s; another worker rescues them in %s (burnish.worker.silence)",
          id, e.getMessage(), cluster.silence());
    }
  }
}
