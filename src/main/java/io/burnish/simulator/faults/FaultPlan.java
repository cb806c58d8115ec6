package io.burnish.simulator.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong without being asked for.
 *
 * @param outages when nothing works
 * @param overloadWait what 498 and 503 ask callers to wait; zero: nothing
 * @param timed what goes wrong for a time
 * @param faults what goes wrong by chance
 * @param seed of that chance, and of the latencies
 */
public record FaultPlan(
    List<Outage> outages,
    Duration overloadWait,
    List<TimedFault> timed,
    FaultRates faults,
    long seed) {

  /** Whether the provider does not work at this moment, in this way. */
  public boolean isDown(Outage.Kind kind, long now) {
    return outages.stream().anyMatch(outage -> outage.kind() == kind && outage.span().has(now));
  }

  /** What goes wrong with every call at this moment. */
  public Optional<InjectedFault> faultAt(long now) {
    return timed.stream().filter(fault -> fault.span().has(now)).map(TimedFault::kind).findFirst();
  }
}
