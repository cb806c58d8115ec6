package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.Pack;
import io.burnish.completion.BatchWriters;
import io.burnish.loops.Signal;
import io.burnish.models.Admission;
import io.burnish.queue.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The hands of a worker: each asks about one pack at a time, and writes what became of it. */
public final class CallExecutor {

  private static final Logger LOG = Logger.getLogger(CallExecutor.class);

  private final Parts with;
  private final Packer packer;
  private final Executor executor;
  private final int count;

  /** One permit for each hand that has no pack. */
  private final Semaphore free;

  /** One permit for each pack whose outcomes may wait to be written while its hand goes on. */
  private final Semaphore unwritten;

  private final InFlightItems holdings = new InFlightItems();
  private final Timer packs;

  /**
   * @param packer is told how packs did
   * @param executor of the hands
   * @param count of them
   */
  CallExecutor(Parts parts, Packer packer, Executor executor, int count) {
    this.with = parts;
    this.packer = packer;
    this.executor = executor;
    this.count = count;
    this.free = new Semaphore(count);
    this.unwritten = new Semaphore(count);
    this.packs =
        Timer.builder("burnish.packs")
            .description(
                "From a pack's question to its written outcomes, the provider's time included")
            .publishPercentiles(0.5, 0.99)
            .register(parts.meters());
  }

  /** What they work with. */
  record Parts(
      CallAttempt asking,
      Admission admission,
      BatchWriters writers,
      InternalErrors errors,
      Signal wakeup,
      MeterRegistry meters) {}

  /** One permit for each that is free. */
  public Semaphore free() {
    return free;
  }

  /** What they hold. */
  public InFlightItems holdings() {
    return holdings;
  }

  /**
   * Sets a free hand to a pack. The hand's permit comes back once the outcomes are handed over; or,
   * where the database is too slow for that, once they are written.
   */
  void send(Pack pack, Reservation reservation, CallBudget.Permits permits) {
    BooleanSupplier lease = permits.lease();
    holdings.take(pack.items());
    try {
      executor.execute(() -> work(pack, reservation, lease));
      permits.use();
      LOG.debugf(
          "Pack of %d records (the first: item %d of job %s), about %d prompt tokens, goes to model %s",
          (Object) pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId(),
          pack.promptTokens(),
          reservation.model());
    } catch (RejectedExecutionException e) {
      holdings.letGo(pack.items());
      throw e;
    }
  }

  private void work(Pack pack, Reservation reservation, BooleanSupplier lease) {
    long start = System.nanoTime();
    @Nullable CompletableFuture<Void> written = null;
    try {
      written = with.writers().handOver(answered(pack, reservation, lease));
    } finally {
      goOn(pack, start, written == null ? brokenOff() : written);
    }
  }

  private static CompletableFuture<Void> brokenOff() {
    return CompletableFuture.failedFuture(new IllegalStateException("the hand was broken off"));
  }

  private void goOn(Pack pack, long start, CompletableFuture<Void> written) {
    boolean mayWait = unwritten.tryAcquire();
    if (mayWait) {
      free.release();
    }
    Semaphore taken = mayWait ? unwritten : free;
    written.whenComplete(
        (nothing, failure) -> {
          done(pack, start, failure);
          taken.release();
          with.wakeup().raise();
        });
  }

  private void done(Pack pack, long start, @Nullable Throwable failure) {
    holdings.letGo(pack.items());
    if (failure == null) {
      packs.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    } else {
      holdings.doubt();
      LOG.errorf(
          failure,
          "The outcomes of %d items (the first: %d of job %s) could not be written; the items are released, and stored answers are judged again",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId());
    }
  }

  /**
   * Waits until no hand has a pack and all outcomes are written.
   *
   * @return whether it is so
   * @throws InterruptedException when told to stop while waiting
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    return drained(free, until) && drained(unwritten, until);
  }

  private boolean drained(Semaphore permits, long until) throws InterruptedException {
    boolean all = permits.tryAcquire(count, until - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (all) {
      permits.release(count);
    }
    return all;
  }

  private List<Outcome> answered(Pack pack, Reservation reservation, BooleanSupplier lease) {
    try {
      return with.asking().run(pack, reservation, new PackListener(with, packer, lease));
    } catch (RuntimeException | Error e) {
      long unsent = reservation.reserved().getAndSet(0);
      with.admission().refund(reservation.model(), unsent > 0 ? 1 : 0, unsent);
      return with.errors().postponeOrFail(pack.items(), e);
    }
  }
}
