package io.burnish.worker;

import io.burnish.database.DatabaseException;
import io.burnish.dispatch.Dispatcher;
import io.burnish.dispatch.ReadyLookAhead;
import io.burnish.dispatch.plan.AdmittedCalls;
import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.loops.PollingLoop;
import io.burnish.loops.PollingLoop.Turn;
import io.burnish.models.Admission.Admitted;
import io.burnish.queue.item.ClaimedItem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Has calls admitted by the quotas, claims the items that fit, and dispatches them. Items that
 * would have to wait for a quota are not claimed: they can still be cancelled, or worked on by
 * another replica. While no model has room, items that need no call are resolved. For one thread.
 */
@Singleton
class ClaimLoop implements PollingLoop.Task {

  private static final Logger LOG = Logger.getLogger(ClaimLoop.class);

  private final WorkerConfig config;
  private final LeasedSlots slots;
  private final Claimer claimer;
  private final CallPlanner planner;
  private final Dispatcher dispatcher;
  private final ReadyLookAhead lookAhead;
  private volatile boolean stopping;
  private boolean plenty;

  ClaimLoop(
      WorkerConfig config,
      LeasedSlots slots,
      Claimer claimer,
      CallPlanner planner,
      Dispatcher dispatcher,
      ReadyLookAhead lookAhead) {
    this.config = config;
    this.slots = slots;
    this.claimer = claimer;
    this.planner = planner;
    this.dispatcher = dispatcher;
    this.lookAhead = lookAhead;
  }

  /**
   * One look at the queue: acquires free slots, has calls admitted, claims, dispatches.
   *
   * @throws DatabaseException when the database does not answer; claims are released by a later
   *     turn
   */
  @Override
  public Turn runOnce() throws InterruptedException {
    if (!slots.mayBeUsed()) {
      return Turn.IDLE;
    }
    claimer.reconcile();
    if (!claimer.hasCapacity()) {
      return Turn.after(config.longestPause());
    }
    AdmittedCalls.Slots free = slots.acquire(config.longestPause(), plenty);
    if (free.left() == 0) {
      return Turn.MORE;
    }
    try {
      return claim(free);
    } finally {
      slots.release(free);
    }
  }

  private Turn claim(AdmittedCalls.Slots free) {
    boolean promoted = claimer.promoteDue();
    int acquired = free.left();
    int ready = stopping ? 0 : ready(planner.mostRecords(acquired));
    if (ready == 0) {
      planner.flush();
      return Turn.of(promoted);
    }
    CallPlanner.Planned planned = planner.admit(ready, acquired);
    Admitted admitted = planned.admitted();
    if (admitted.neverFits()) {
      return Turn.of(claimOversized(free));
    }
    if (admitted.calls() == 0) {
      return waitForQuota(admitted.waitTime());
    }
    int limit = Math.min(ready, admitted.calls() * planned.plan().records());
    List<ClaimedItem> claims = claim(admitted, limit);
    plenty = claims.size() == limit;
    dispatch(claims, new AdmittedCalls(planned, free));
    if (free.left() == acquired && !claims.isEmpty()) {
      // None of them needed a call: more of the same is likely, and needs no room in the quotas.
      lookAhead.run(claimer.claimant());
    }
    return Turn.of(promoted || !claims.isEmpty());
  }

  /** How many items can be claimed; counted only where calls must be admitted for them first. */
  private int ready(int mostRecords) {
    int most = Math.min(config.claimBatch(), mostRecords);
    return planner.isUnlimited() ? most : claimer.ready(most);
  }

  /**
   * Even a call about one record is larger than every limit that is known. Records are claimed one
   * by one, so that each is judged by its own size: it fails as too large, or is asked about.
   */
  private boolean claimOversized(AdmittedCalls.Slots free) {
    List<ClaimedItem> claims = claimer.claim(1);
    dispatch(claims, AdmittedCalls.none(free));
    return !claims.isEmpty();
  }

  /** A record that causes an error must not stop the others. */
  private void dispatch(List<ClaimedItem> claims, AdmittedCalls admitted) {
    try {
      dispatcher.dispatch(claims, admitted);
      claimer.succeeded();
    } catch (RuntimeException | Error e) {
      claimer.doubt();
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      claimer.failed(claims, e);
    }
  }

  private Turn waitForQuota(Duration atMost) {
    return lookAhead.run(claimer.claimant())
        ? Turn.MORE
        : Turn.after(shorter(shorter(atMost, config.longestPause()), lookAhead.untilNext()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private List<ClaimedItem> claim(Admitted admitted, int limit) {
    try {
      return claimer.claim(limit);
    } catch (RuntimeException | Error e) {
      planner.refund(admitted.model(), admitted.calls(), admitted.tokens());
      throw e;
    }
  }

  @Override
  public void failed(Throwable failure) {
    claimer.doubt();
    LOG.errorf(
        failure,
        "The worker could not claim items; claims that it holds without a call are released. Retry in %s",
        config.longestPause());
  }

  /** Claims no more. Calls in flight go on. */
  @Override
  public void stopping() {
    stopping = true;
  }
}
