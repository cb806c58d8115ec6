package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.Pack;
import io.burnish.completion.BatchWriters;
import io.burnish.dispatch.PackObserver.Observed;
import io.burnish.loops.Signal;
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
class CallExecutor {

  private static final Logger LOG = Logger.getLogger(CallExecutor.class);

  private final CallRunner runner;
  private final BatchWriters writers;
  private final CallSlots slots;
  private final InFlightItems inFlight;
  private final CallThreads threads;
  private final Signal signal;
  private final PackObserver observer;

  /**
   * @param signal is raised whenever a slot is free again
   */
  CallExecutor(
      CallRunner runner,
      BatchWriters writers,
      CallSlots slots,
      InFlightItems inFlight,
      CallThreads threads,
      Signal signal,
      PackObserver observer) {
    this.runner = runner;
    this.writers = writers;
    this.slots = slots;
    this.inFlight = inFlight;
    this.threads = threads;
    this.signal = signal;
    this.observer = observer;
  }

  /**
   * Starts the call about a pack, in one of the acquired slots.
   *
   * @throws RejectedExecutionException when the worker has stopped; no slot is used then
   */
  void start(Pack pack, Reservation reservation, AdmittedCalls.Slots acquired) {
    BooleanSupplier lease = acquired.lease();
    inFlight.add(pack.items());
    Observed observed = observer.begin(pack, reservation.model(), acquired.since());
    try {
      threads.execute(() -> observed.run(() -> run(pack, reservation, lease, observed)));
    } catch (RejectedExecutionException e) {
      inFlight.remove(pack.items());
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
    Runnable afterWrite = slots.answered();
    written.whenComplete(
        (nothing, failure) -> {
          finished(pack, failure);
          afterWrite.run();
          signal.raise();
          observed.ended(failure);
        });
  }

  private void finished(Pack pack, @Nullable Throwable failure) {
    inFlight.remove(pack.items());
    if (failure != null) {
      inFlight.doubt();
      LOG.errorf(
          failure,
          "The outcomes of %d items (the first: %d of job %s) could not be written; the items are released, and stored answers are judged again",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId());
    }
  }
}
