package io.burnish.worker;

import io.burnish.cluster.Heartbeat;
import io.burnish.dispatch.call.CallSlots;
import io.burnish.dispatch.plan.AdmittedCalls;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The slots of calls, for the claim loop: each turn acquires them under the lease of then. */
@Singleton
class LeasedSlots {

  private final CallSlots slots;
  private final Heartbeat heartbeat;

  LeasedSlots(CallSlots slots, Heartbeat heartbeat) {
    this.slots = slots;
    this.heartbeat = heartbeat;
  }

  /** Whether this worker holds its lease. Without it, nothing may be claimed. */
  boolean mayBeUsed() {
    return heartbeat.holdsLease();
  }

  /**
   * Acquires all slots that are free; see {@link CallSlots#acquire}.
   *
   * @return none when none was free in time
   * @throws InterruptedException when interrupted while waiting
   */
  AdmittedCalls.Slots acquire(Duration atMost, boolean plenty) throws InterruptedException {
    return new AdmittedCalls.Slots(slots.acquire(atMost, plenty), heartbeat.lease());
  }

  /** Gives back those in which no call began. */
  void release(AdmittedCalls.Slots acquired) {
    slots.release(acquired.left());
  }
}
