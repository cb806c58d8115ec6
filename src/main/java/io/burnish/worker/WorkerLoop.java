package io.burnish.worker;

import io.burnish.attempt.InternalErrors;
import io.burnish.cluster.Heartbeat;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.completion.BatchWriters;
import io.burnish.database.DatabaseException;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.dispatch.CallBudget;
import io.burnish.dispatch.CallFreeResolver;
import io.burnish.dispatch.DispatchConfig;
import io.burnish.dispatch.Dispatcher;
import io.burnish.dispatch.Packer;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import io.burnish.models.Admission;
import io.burnish.models.Admission.Admitted;
import io.burnish.queue.Claimant;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Asks for room in the quotas, claims what fits in it, and hands it on. Looks at once again while
 * there is more; else pauses longer and longer, until something new wakes it. Nothing is claimed
 * that would have to wait for a quota: what nobody holds can be cancelled, rescued, or worked by
 * another replica. While there is no room, what needs no call is settled.
 */
public final class WorkerLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(WorkerLoop.class);

  /**
   * A claim costs the same for one item or for twenty: it waits a moment for a third of the hands.
   */
  private static final int SHARE_AT_ONCE = 3;

  /** One of so many bytes of the heap is for texts of records, some eight with all made of them. */
  private static final int SHARE_OF_HEAP = 32;

  private static final long LEAST_BYTES = 1L << 20;

  private static final Duration GATHERING = Duration.ofMillis(5);

  /** Waits end to the twentieth of a second. */
  private static final Duration BETWEEN_PROMOTIONS = Duration.ofMillis(50);

  private final UUID worker;
  private final Claimer claiming;
  private final WorkerConfig config;
  private final DispatchConfig dispatching;
  private final WorkerRegistry registry;
  private final ItemQueue queue;
  private final Admission admission;
  private final Dispatcher dispatch;
  private final Heartbeat heartbeat;
  private final CallFreeResolver withoutCall;
  private final Signal wakeup;
  private final LoopWatch watch;
  private final Semaphore free;
  private volatile boolean stopping;
  private boolean plenty;
  private long lastPromotion = System.nanoTime() - BETWEEN_PROMOTIONS.toNanos();

  WorkerLoop(Claimant claimant, Parts parts, Signal wakeup) {
    this.worker = claimant.worker();
    this.config = parts.config();
    this.dispatching = parts.dispatching();
    this.registry = parts.registry();
    this.queue = parts.queue();
    this.claiming =
        new Claimer(
            queue,
            parts.setAside(),
            parts.errors(),
            parts.writers(),
            parts.dispatch().hands().holdings(),
            claimant,
            bytes(config));
    this.admission = parts.admission();
    this.dispatch = parts.dispatch();
    this.heartbeat = parts.heartbeat();
    this.withoutCall = parts.withoutCall();
    this.wakeup = wakeup;
    this.watch = parts.watch();
    this.free = dispatch.hands().free();
  }

  /** What a loop works with. */
  record Parts(
      WorkerConfig config,
      DispatchConfig dispatching,
      ItemQueue queue,
      WorkerRegistry registry,
      Admission admission,
      Dispatcher dispatch,
      Heartbeat heartbeat,
      QuarantinedJobs setAside,
      CallFreeResolver withoutCall,
      InternalErrors errors,
      BatchWriters writers,
      LoopWatch watch) {}

  private static long bytes(WorkerConfig config) {
    return config
        .claimBytes()
        .map(MemorySize::asLongValue)
        .orElse(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  @Override
  public void run() {
    Duration pause = config.shortestPause();
    while (!stopping) {
      watch.turned(LoopWatch.CLAIM);
      try {
        boolean more = runOnce();
        watch.succeeded(LoopWatch.CLAIM);
        pause = more ? config.shortestPause() : pause;
        if (!more) {
          pause = wakeup.sleep(pause) ? config.shortestPause() : longer(pause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        watch.failed(LoopWatch.CLAIM);
        dispatch.hands().holdings().doubt();
        LOG.errorf(
            e,
            "The worker could not claim items; what it claimed is released, and it claims again in %s",
            config.longestPause());
        pause = config.longestPause();
        sleepAfterError();
      }
    }
    watch.ended(LoopWatch.CLAIM);
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
    return shorter(pause.multipliedBy(2), config.longestPause());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * One look at the queue: waits for a free hand, asks for room in the quotas, claims, hands on.
   *
   * @return whether there may be more at once
   * @throws InterruptedException when told to stop while waiting
   */
  boolean runOnce() throws InterruptedException {
    if (!heartbeat.alive()) {
      return false;
    }
    dispatch.hands().holdings().settle(registry, worker);
    if (!claiming.hasRoom()) {
      wakeup.sleep(config.longestPause());
      return true;
    }
    if (!free.tryAcquire(config.longestPause().toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    int hands = 1 + free.drainPermits();
    hands += moreHands(hands);
    CallBudget.Permits permits = new CallBudget.Permits(hands, heartbeat.lease());
    try {
      boolean promoted = promoteDue();
      int ready = stopping ? 0 : ready(Math.min(config.claimBatch(), hands * dispatching.pack()));
      if (ready == 0) {
        admission.flush();
        return promoted;
      }
      Map<String, Packer.Plan> plans = new HashMap<>();
      Admitted admitted = admit(plans, hands, ready);
      if (admitted.neverFits()) {
        return workOversized(permits);
      }
      if (admitted.calls() == 0) {
        waitForRoom(admitted.waitTime());
        return true;
      }
      Packer.Plan plan = plans.get(admitted.model());
      int limit = Math.min(ready, admitted.calls() * plan.records());
      List<ClaimedItem> claims = claim(admitted, limit);
      plenty = claims.size() == limit;
      hand(claims, new CallBudget(admitted, plan, permits));
      if (permits.left() == hands && !claims.isEmpty()) {
        // None of them needed a call: more of the same is likely, and needs no room in the quotas.
        withoutCall.lookAhead(claiming.claimant());
      }
      return promoted || !claims.isEmpty();
    } finally {
      free.release(permits.left());
    }
  }

  /** While there is plenty to do, a claim is made for several hands at once. */
  private int moreHands(int hands) throws InterruptedException {
    int missing = dispatching.concurrency() / SHARE_AT_ONCE - hands;
    boolean came =
        plenty
            && missing > 0
            && free.tryAcquire(missing, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    return came ? missing : 0;
  }

  /**
   * Even a call about one record is larger than every limit that was told. Records are taken one by
   * one, so that each is judged by its own size, and fails as too large or is asked about.
   */
  private boolean workOversized(CallBudget.Permits permits) {
    List<ClaimedItem> claims = claiming.claim(1);
    hand(claims, new CallBudget(Admitted.NONE, Packer.Plan.NOTHING, permits));
    return !claims.isEmpty();
  }

  /** A record that can't be worked on must not stop the others. */
  private void hand(List<ClaimedItem> claims, CallBudget room) {
    try {
      dispatch.hand(claims, room);
      claiming.succeeded();
    } catch (RuntimeException | Error e) {
      dispatch.hands().holdings().doubt();
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      claiming.failed(claims, e);
    }
  }

  private void waitForRoom(Duration atMost) throws InterruptedException {
    if (!withoutCall.lookAhead(claiming.claimant())) {
      wakeup.sleep(shorter(shorter(atMost, config.longestPause()), withoutCall.untilNextLook()));
    }
  }

  private boolean promoteDue() {
    long now = System.nanoTime();
    if (now - lastPromotion < BETWEEN_PROMOTIONS.toNanos()) {
      return false;
    }
    lastPromotion = now;
    return queue.promoteDue() > 0;
  }

  /** How many can be claimed: looked at only where room must be reserved for them first. */
  private int ready(int most) {
    return admission.isUnlimited() ? most : queue.countReady(claiming.claimant(), most);
  }

  private Admitted admit(Map<String, Packer.Plan> plans, int hands, int ready) {
    return admission.admit(
        model -> true,
        model -> {
          Packer.Plan plan = plans.computeIfAbsent(model, dispatch::plan);
          int calls = Math.min(hands, (ready + plan.records() - 1) / plan.records());
          return new Admission.Wish(calls, dispatch.charge(model, plan));
        });
  }

  private List<ClaimedItem> claim(Admitted admitted, int limit) {
    try {
      return claiming.claim(limit);
    } catch (RuntimeException | Error e) {
      admission.refund(admitted.model(), admitted.calls(), admitted.tokens());
      throw e;
    }
  }

  /** Claims no more. Calls in flight go on. */
  void stop() {
    stopping = true;
    wakeup.call();
  }

  /**
   * Waits until the calls in flight are over and what came of them is written.
   *
   * @return whether it is so
   */
  boolean drain(Duration atMost) {
    try {
      return dispatch.hands().drain(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
