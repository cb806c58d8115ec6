package io.burnish.worker;

import io.burnish.models.Admission;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.worker.Asking.Ticket;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The hands of a worker: each asks about one pack at a time, and writes what became of it. */
final class Hands {

  private static final Logger LOG = Logger.getLogger(Hands.class);

  /**
   * How long records that met an error of ours wait: it is not the records' fault, and not for ever
   * either.
   */
  private static final Duration AFTER_OUR_ERROR = Duration.ofSeconds(10);

  private final Parts with;
  private final Packer packer;
  private final Executor executor;
  private final Semaphore free;
  private final Holdings holdings = new Holdings();
  private final Timer packs;

  /**
   * @param packer is told how packs did
   * @param executor of the hands
   * @param count of them
   */
  Hands(Parts parts, Packer packer, Executor executor, int count) {
    this.with = parts;
    this.packer = packer;
    this.executor = executor;
    this.free = new Semaphore(count);
    this.packs =
        Timer.builder("burnish.packs")
            .description(
                "From a pack's question to its written outcomes, the provider's time included")
            .publishPercentiles(0.5, 0.99)
            .register(parts.meters());
  }

  /** What they work with. */
  record Parts(
      Asking asking, Admission admission, Writers writers, Wakeup wakeup, MeterRegistry meters) {}

  /** One permit for each that is free. */
  Semaphore free() {
    return free;
  }

  /** What they hold. */
  Holdings holdings() {
    return holdings;
  }

  /** Sets a free hand to a pack; the hand's permit comes back when the outcomes are written. */
  void send(Pack pack, Ticket ticket, BooleanSupplier lease) {
    holdings.take(pack.items());
    executor.execute(() -> work(pack, ticket, lease));
  }

  private void work(Pack pack, Ticket ticket, BooleanSupplier lease) {
    long start = System.nanoTime();
    @Nullable CompletableFuture<Void> written = null;
    try {
      written = with.writers().handOver(answered(pack, ticket, lease));
    } finally {
      if (written == null) {
        done(pack, start, new IllegalStateException("the hand was broken off"));
      } else {
        // The thread that asked does not wait for that, nor has to be woken; its permit does.
        written.whenComplete((nothing, failure) -> done(pack, start, failure));
      }
    }
  }

  private void done(Pack pack, long start, @Nullable Throwable failure) {
    holdings.letGo(pack.items());
    if (failure == null) {
      packs.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    } else {
      holdings.doubt();
      LOG.errorf(
          failure,
          "The outcomes of %d items (the first: %d of job %s) could not be written; they are given back",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId());
    }
    free.release();
    with.wakeup().call();
  }

  private List<Outcome> answered(Pack pack, Ticket ticket, BooleanSupplier lease) {
    try {
      return with.asking().ask(pack, ticket, with.writers().desk(packer, with.admission(), lease));
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "A call about %d items (the first: %d of job %s) met an error of ours; they are tried again in %s, and nothing is lost",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId(),
          AFTER_OUR_ERROR);
      return pack.items().stream()
          .map(item -> Outcome.without(item, new Parked(WaitReason.BACKOFF, AFTER_OUR_ERROR)))
          .toList();
    }
  }
}
