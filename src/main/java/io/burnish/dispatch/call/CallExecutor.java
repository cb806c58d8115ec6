package io.burnish.dispatch.call;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.Pack;
import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.call.PackObserver.Observed;
import io.burnish.dispatch.plan.AdmittedCalls;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls on the threads of calls, each in a slot, and hands their outcomes to the writers.
 * Thread-safe.
 */
@Singleton
public class CallExecutor {

  private static final Logger LOG = Logger.getLogger(CallExecutor.class);

  private final CallRunner runner;
  private final BatchWriters writers;
  private final RunningCalls running;
  private final CallThreads threads;
  private final PackObserver observer;

  public CallExecutor(
      CallRunner runner,
      BatchWriters writers,
      RunningCalls running,
      CallThreads threads,
      PackObserver observer) {
    this.runner = runner;
    this.writers = writers;
    this.running = running;
    this.threads = threads;
    this.observer = observer;
  }

  /**
   * Starts the call about a pack, in one of the acquired slots.
   *
   * @throws RejectedExecutionException when the worker has stopped; no slot is used then
   */
  public void start(Pack pack, Reservation reservation, AdmittedCalls.Slots acquired) {
    BooleanSupplier lease = acquired.lease();
    running.add(pack);
    Observed observed = observer.begin(pack, reservation.model(), acquired.since());
    try {
      threads.execute(() -> observed.run(() -> run(pack, reservation, lease, observed)));
    } catch (RejectedExecutionException e) {
      running.rejected(pack);
      observed.ended(e);
      throw e;
    }
    acquired.use();
    LOG.debugf(
        "Pack of %d records (the first: item %d of job %s), about %d prompt tokens, goes to model %s",
        (Object) pack.size(),
        pack.items().get(0).id(),
        pack.items().get(0).jobId(),
        pack.promptTokens(),
        reservation.model());
  }

  private void run(Pack pack, Reservation reservation, BooleanSupplier lease, Observed observed) {
    @Nullable CompletableFuture<Void> written = null;
    try {
      written = writers.enqueue(runner.run(pack, reservation, lease));
    } finally {
      finish(pack, observed, written == null ? aborted() : written);
    }
  }

  private static CompletableFuture<Void> aborted() {
    return CompletableFuture.failedFuture(
        new IllegalStateException("the call was aborted by an error of its thread"));
  }

  private void finish(Pack pack, Observed observed, CompletableFuture<Void> written) {
    observed.committing();
    running.answered(pack, written);
    written.whenComplete((nothing, failure) -> observed.ended(failure));
  }
}
