package io.burnish.simulator.settings;

import io.burnish.simulator.faults.FaultPlan;
import io.burnish.simulator.faults.FaultRates;
import io.burnish.simulator.faults.Outage;
import io.burnish.simulator.faults.TimedFault;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about injected faults. Filled in by picocli. */
final class FaultOptions {

  @Option(
      names = "--down",
      split = OptionConverters.GROUPS,
      description = "refused@from..to or overloaded@from..to; several separated by ';'")
  List<Outage> outages = List.of();

  @Option(
      names = "--overload-wait",
      defaultValue = "0s",
      description = "retry-after of 498 and 503; 0s: none, as documented")
  Duration overloadWait;

  @Option(
      names = "--trouble",
      split = OptionConverters.GROUPS,
      description = "kind@from..to: every call has this fault; several separated by ';'")
  List<TimedFault> timedFaults = List.of();

  @Option(
      names = "--faults",
      description = "kind=percent, several separated by ',': how often a call has this fault")
  FaultRates faultRates = FaultRates.NONE;

  @Option(names = "--seed", defaultValue = "1", description = "seed of everything random")
  long seed;

  /** The plan that they give. */
  FaultPlan plan() {
    return new FaultPlan(outages, overloadWait, timedFaults, faultRates, seed);
  }
}
