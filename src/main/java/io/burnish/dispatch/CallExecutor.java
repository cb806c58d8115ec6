package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.Pack;
import io.burnish.completion.BatchWriters;
import io.burnish.loops.Signal;
import io.burnish.metrics.CallMeters;
import jakarta.inject.Singleton;
import java.time.Duration;
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
  private final CallMeters meters;

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
      CallMeters meters) {
    this.runner = runner;
    this.writers = writers;
    this.slots = slots;
    this.inFlight = inFlight;
    this.threads = threads;
    this.signal = signal;
    this.meters = meters;
  }

  /**
   * Starts the call about a pack, in one of the acquired slots.
   *
   * @throws RejectedExecutionException when the worker has stopped; no slot is used then
   */
  void start(Pack pack, Reservation reservation, AdmittedCalls.Slots acquired) {
    BooleanSupplier lease = acquired.lease();
    inFlight.add(pack.items());
    try {
      threads.execute(() -> run(pack, reservation, lease));
    } catch (RejectedExecutionException e) {
      inFlight.remove(pack.items());
      throw e;
    }
    acquired.use();
    meters.packed(reservation.model(), pack.size());
    LOG.debugf(
        "Pack of %d records (the first: item %d of job %s), about %d prompt tokens, goes to model %s",
        (Object) pack.size(),
        pack.items().get(0).id(),
        pack.items().get(0).jobId(),
        pack.promptTokens(),
        reservation.model());
  }

  private void run(Pack pack, Reservation reservation, BooleanSupplier lease) {
    long start = System.nanoTime();
    @Nullable CompletableFuture<Void> written = null;
    try {
      written = writers.enqueue(runner.run(pack, reservation, lease));
    } finally {
      finish(pack, start, written == null ? aborted() : written);
    }
  }

  private static CompletableFuture<Void> aborted() {
    return CompletableFuture.failedFuture(
        new IllegalStateException("the call was aborted by an error of its thread"));
  }

  private void finish(Pack pack, long start, CompletableFuture<Void> written) {
    Runnable afterWrite = slots.answered();
    written.whenComplete(
        (nothing, failure) -> {
          finished(pack, start, failure);
          afterWrite.run();
          signal.raise();
        });
  }

  private void finished(Pack pack, long start, @Nullable Throwable failure) {
    inFlight.remove(pack.items());
    if (failure == null) {
      meters.packWritten(Duration.ofNanos(System.nanoTime() - start));
    } else {
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
