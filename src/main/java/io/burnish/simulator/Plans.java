package io.burnish.simulator;

import java.util.Optional;
import java.util.Random;

/**
 * Decides what goes wrong with a call: what its request forbids, then what was asked for, then what
 * the time or chance brings, then what the call's own records bring. Thread-safe.
 */
final class Plans {

  private final FaultScript script;
  private volatile SimulatorSettings settings;
  private volatile Random random;

  Plans(FaultScript script, SimulatorSettings settings) {
    this.script = script;
    this.settings = settings;
    this.random = new Random(settings.trouble().seed());
  }

  void change(SimulatorSettings changed) {
    settings = changed;
  }

  /** The same chance again. */
  void reset() {
    random = new Random(settings.trouble().seed());
  }

  /** The source of what is left to chance. */
  Random random() {
    return random;
  }

  /** What goes wrong with a call that came at this moment. */
  Optional<Planned> planned(Call call, Caller caller, long now) {
    if (Faults.disliked(call, settings.manner().oddities()).isPresent()) {
      return Optional.of(Planned.of(InjectedFault.DISLIKED_FIELD));
    }
    FaultPlan trouble = settings.trouble();
    return script
        .misbehaviour(call.model(), call.records())
        .or(() -> trouble.timed(now).or(() -> trouble.faults().draw(random)).map(Planned::of))
        .or(() -> ofItsRecords(call))
        .filter(planned -> planned.kind() != InjectedFault.HANG_UP_IDLE || caller.reused());
  }

  private Optional<Planned> ofItsRecords(Call call) {
    Behaviour manner = settings.manner();
    if (manner.oddities().isSlow(call.records().size())) {
      return Optional.of(Planned.of(InjectedFault.SLOW));
    }
    return call.records().stream().anyMatch(manner::isStubbornAbout)
        ? Optional.of(new Planned(InjectedFault.STUBBORN, manner::isStubbornAbout))
        : Optional.empty();
  }
}
