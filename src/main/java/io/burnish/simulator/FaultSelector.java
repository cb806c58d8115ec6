package io.burnish.simulator;

import io.burnish.simulator.faults.FaultPlan;
import io.burnish.simulator.faults.FaultScript;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.PlannedFault;
import io.burnish.simulator.wire.Caller;
import java.util.Optional;
import java.util.Random;

/**
 * Decides what goes wrong with a call: what its request forbids, then what was asked for, then what
 * the time or chance brings, then what the call's own records bring. Thread-safe.
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

  /** The same chance again. */
  void reset() {
    random = new Random(settings.faults().seed());
  }

  /** The source of what is left to chance. */
  Random random() {
    return random;
  }

  /** What goes wrong with a call that came at this moment. */
  Optional<PlannedFault> planned(Call call, Caller caller, long now) {
    if (FaultReplies.disliked(call, settings.behaviour().oddities()).isPresent()) {
      return Optional.of(PlannedFault.of(InjectedFault.DISLIKED_FIELD));
    }
    FaultPlan trouble = settings.faults();
    return script
        .misbehaviour(call.model(), call.records())
        .or(
            () ->
                trouble.faultAt(now).or(() -> trouble.faults().draw(random)).map(PlannedFault::of))
        .or(() -> ofItsRecords(call))
        .filter(planned -> planned.kind() != InjectedFault.HANG_UP_IDLE || caller.reused());
  }

  private Optional<PlannedFault> ofItsRecords(Call call) {
    Behaviour behaviour = settings.behaviour();
    if (behaviour.oddities().isSlow(call.records().size())) {
      return Optional.of(PlannedFault.of(InjectedFault.SLOW));
    }
    return call.records().stream().anyMatch(behaviour::isStubbornAbout)
        ? Optional.of(new PlannedFault(InjectedFault.STUBBORN, behaviour::isStubbornAbout))
        : Optional.empty();
  }
}
