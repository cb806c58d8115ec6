package io.burnish.worker;

import io.burnish.job.Jobs;
import io.burnish.models.ModelChain;
import io.burnish.models.ModelChain.Availability;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Claims what is ready, as much as there are hands for, and sets a hand to each. Looks at once
 * again after a full batch; else pauses longer and longer, until something new wakes it.
 */
final class WorkerLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(WorkerLoop.class);

  /**
   * How long a record that met an error of ours waits: it is not the record's fault, and not for
   * ever either.
   */
  private static final Duration AFTER_OUR_ERROR = Duration.ofSeconds(10);

  private final UUID id;
  private final WorkerConfig config;
  private final ItemQueue queue;
  private final Jobs jobs;
  private final ModelChain chain;
  private final Reuse reuse;
  private final Asking asking;
  private final Executor hands;
  private final GroupCommit<Outcome> outcomes;
  private final GroupCommit<LedgerEntry> ledger;
  private final Wakeup wakeup;
  private final Clock clock;
  private final Semaphore free;
  private final Set<UUID> started = new HashSet<>();
  private volatile boolean stopping;

  WorkerLoop(Parts parts, UUID id, Executor hands) {
    this.id = id;
    this.hands = hands;
    this.config = parts.config();
    this.queue = parts.queue();
    this.jobs = parts.jobs();
    this.chain = parts.chain();
    this.reuse = parts.reuse();
    this.asking = parts.asking();
    this.outcomes = parts.outcomes();
    this.ledger = parts.ledger();
    this.wakeup = parts.wakeup();
    this.clock = parts.clock();
    this.free = new Semaphore(config.concurrency());
  }

  /** What a loop works with. */
  record Parts(
      WorkerConfig config,
      ItemQueue queue,
      Jobs jobs,
      ModelChain chain,
      Reuse reuse,
      Asking asking,
      GroupCommit<Outcome> outcomes,
      GroupCommit<LedgerEntry> ledger,
      Wakeup wakeup,
      Clock clock) {}

  @Override
  public void run() {
    Duration pause = config.shortestPause();
    while (!stopping) {
      try {
        boolean more = runOnce();
        pause = more ? config.shortestPause() : pause;
        if (!more) {
          pause = wakeup.sleep(pause) ? config.shortestPause() : longer(pause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.errorf(
            e, "The worker could not look for work; it looks again in %s", config.longestPause());
        pause = config.longestPause();
        sleepAfterError();
      }
    }
  }

  private void sleepAfterError() {
    try {
      wakeup.sleep(config.longestPause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(config.longestPause()) > 0 ? config.longestPause() : doubled;
  }

  /**
   * One look at the queue: waits for a free hand, claims, sets to work.
   *
   * @return whether there may be more at once
   * @throws InterruptedException when told to stop while waiting for a free hand
   */
  boolean runOnce() throws InterruptedException {
    Availability models = chain.availability();
    if (!models.now() && !models.everybodyGone()) {
      Duration until = Duration.between(clock.instant(), models.until());
      wakeup.sleep(until.compareTo(config.longestPause()) > 0 ? config.longestPause() : until);
    }
    if (!free.tryAcquire(config.longestPause().toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    int hands = 1 + free.drainPermits();
    int wanted = Math.min(hands, config.claimBatch());
    int working = 0;
    try {
      int promoted = queue.promoteDue();
      List<ClaimedItem> claims = stopping ? List.of() : queue.claim(id, wanted);
      working = claims.isEmpty() ? 0 : start(claims);
      return promoted > 0 || claims.size() == wanted;
    } finally {
      free.release(hands - working);
    }
  }

  /** Sets hands to the claims that need one. Returns how many. */
  private int start(List<ClaimedItem> claims) {
    markStarted(claims);
    Reuse.Sorted sorted = reuse.sort(claims);
    if (!sorted.decided().isEmpty()) {
      outcomes.write(sorted.decided());
    }
    sorted.toAsk().forEach(item -> hands.execute(() -> work(item)));
    return sorted.toAsk().size();
  }

  private void markStarted(List<ClaimedItem> claims) {
    claims.stream().map(ClaimedItem::jobId).distinct().filter(started::add).forEach(jobs::started);
  }

  private void work(ClaimedItem item) {
    try {
      Outcome outcome;
      try {
        outcome = asking.ask(item, ledger::write);
      } catch (RuntimeException e) {
        LOG.errorf(
            e,
            "Item %d of job %s met an error of ours; it is tried again in %s, and nothing is lost",
            item.id(),
            item.jobId(),
            AFTER_OUR_ERROR);
        outcome = Outcome.without(item, new Parked(WaitReason.BACKOFF, AFTER_OUR_ERROR));
      }
      outcomes.write(List.of(outcome));
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "The outcome of item %d of job %s could not be written; the item is rescued later",
          item.id(),
          item.jobId());
    } finally {
      free.release();
      wakeup.call();
    }
  }

  /** Claims no more. Calls in flight go on. */
  void stop() {
    stopping = true;
    wakeup.call();
  }

  /**
   * Waits until the calls in flight are over.
   *
   * @return whether they are
   */
  boolean drain(Duration atMost) {
    try {
      boolean done =
          free.tryAcquire(config.concurrency(), atMost.toMillis(), TimeUnit.MILLISECONDS);
      if (done) {
        free.release(config.concurrency());
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
