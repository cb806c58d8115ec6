package io.burnish.simulator.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The faults that occur without a request at the control API.
 *
 * @param outages when the provider is down
 * @param overloadWait {@code retry-after} of 498 and 503; zero: none
 * @param timed faults for a time
 * @param faults random faults
 * @param seed of the random faults and latencies
 */
public record FaultPlan(
    List<Outage> outages,
    Duration overloadWait,
    List<TimedFault> timed,
    FaultRates faults,
    long seed) {

  /** Whether the provider is down in this way at this time. */
  public boolean isDown(Outage.Kind kind, long now) {
    return outages.stream()
        .anyMatch(outage -> outage.kind() == kind && outage.span().contains(now));
  }

  /** The fault of every call at this time. */
  public Optional<InjectedFault> faultAt(long now) {
    return timed.stream()
        .filter(fault -> fault.span().contains(now))
        .map(TimedFault::kind)
        .findFirst();
  }
}
