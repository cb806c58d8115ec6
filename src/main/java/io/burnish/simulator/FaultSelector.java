package io.burnish.simulator;

import io.burnish.simulator.calls.Call;
import io.burnish.simulator.faults.FaultPlan;
import io.burnish.simulator.faults.FaultScript;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.PlannedFault;
import io.burnish.simulator.replies.FaultReplies;
import io.burnish.simulator.settings.Behaviour;
import io.burnish.simulator.settings.SimulatorSettings;
import io.burnish.simulator.wire.Caller;
import java.util.Optional;
import java.util.Random;

/**
 * Selects the fault of a call: a refused field of its request first, then a fault that was
 * injected, then a timed or random one, then one that its own records bring. Thread-safe.
 */
final class FaultSelector {

  private final FaultScript script;
  private volatile SimulatorSettings settings;
  private volatile Random random;

  FaultSelector(FaultScript script, SimulatorSettings settings) {
    this.script = script;
    this.settings = settings;
    this.random = new Random(settings.faults().seed());
  }

  void change(SimulatorSettings changed) {
    settings = changed;
  }

  /** Starts the random numbers again. */
  void reset() {
    random = new Random(settings.faults().seed());
  }

  /** The source of all random numbers. */
  Random random() {
    return random;
  }

  /** The fault of a call that arrives at this time. */
  Optional<PlannedFault> select(Call call, Caller caller, long now) {
    if (FaultReplies.fieldRefusal(call, settings.behaviour().oddities()).isPresent()) {
      return Optional.of(PlannedFault.of(InjectedFault.DISLIKED_FIELD));
    }
    FaultPlan plan = settings.faults();
    return script
        .faultFor(call.model(), call.records())
        .or(() -> plan.faultAt(now).or(() -> plan.faults().draw(random)).map(PlannedFault::of))
        .or(() -> faultOfRecords(call))
        .filter(planned -> planned.kind() != InjectedFault.HANG_UP_IDLE || caller.reused());
  }

  private Optional<PlannedFault> faultOfRecords(Call call) {
    Behaviour behaviour = settings.behaviour();
    if (behaviour.oddities().isSlow(call.records().size())) {
      return Optional.of(PlannedFault.of(InjectedFault.SLOW));
    }
    return call.records().stream().anyMatch(behaviour::isStubbornAbout)
        ? Optional.of(new PlannedFault(InjectedFault.STUBBORN, behaviour::isStubbornAbout))
        : Optional.empty();
  }
}
