package io.burnish.worker;

import io.burnish.enhancement.Enhancer;
import io.burnish.job.JobSubmitted;
import io.burnish.job.Jobs;
import io.burnish.loops.LoopWatch;
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
  private final ItemQueue queue;
  private final Wakeup wakeup = new Wakeup();
  private final Writers writers;
  private final WorkerLoop loop;
  private final Heartbeat heartbeat;
  private final ThreadPoolExecutor pool;
  private final ManagedExecutor executor;

  Worker(
      WorkerConfig config,
      ProviderConfig provider,
      ItemQueue queue,
      Jobs jobs,
      Reuse reuse,
      Terms terms,
      Enhancer enhancer,
      Admission admission,
      Asking asking,
      Judging judging,
      InternalErrors errors,
      Completer completer,
      MeterRegistry meters,
      LoopWatch watch) {
    this.config = config;
    this.queue = queue;
    this.pool = CallThreads.pool(config.concurrency() + THREADS_BESIDE_HANDS);
    this.executor = CallThreads.managed(pool);
    this.writers = new Writers(completer, config.concurrency(), watch);
    SetAside setAside = new SetAside(terms, queue, System::nanoTime);
    WithoutCall withoutCall =
        new WithoutCall(
            new WithoutCall.Parts(
                queue, jobs, reuse, terms, asking, writers, errors, setAside, System::nanoTime));
    Dispatch dispatch =
        new Dispatch(
            new Dispatch.Parts(
                config,
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
    this.heartbeat = new Heartbeat(id, config, queue, wakeup, System::nanoTime, watch);
    this.loop =
        new WorkerLoop(
            new Claimant(id, provider.kind().word()),
            new WorkerLoop.Parts(
                config,
                queue,
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
    LOG.infof("Worker %s works with %d hands", id, config.concurrency());
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobSubmitted event) {
    wakeup.call();
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
      int released = queue.signOff(id);
      LOG.infof("Worker %s is gone; %d records were given back", id, released);
    } catch (RuntimeException e) {
      LOG.warnf(
          "Worker %s could not release its items: %s; another worker rescues them in %s (burnish.worker.silence)",
          id, e.getMessage(), config.silence());
    }
  }
}
