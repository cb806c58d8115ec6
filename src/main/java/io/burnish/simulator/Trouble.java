package io.burnish.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What goes wrong without being asked for.
 *
 * @param outages when nothing works
 * @param overloadWait what 498 and 503 ask callers to wait; zero: nothing
 * @param faults what goes wrong by chance
 * @param seed of that chance, and of the latencies
 */
record Trouble(List<Outage> outages, Duration overloadWait, FaultRates faults, long seed) {

  /** Whether the provider does not work at this moment, in this way. */
  boolean isDown(Outage.Kind kind, long now) {
    return outages.stream().anyMatch(outage -> outage.kind() == kind && outage.span().has(now));
  }
}
