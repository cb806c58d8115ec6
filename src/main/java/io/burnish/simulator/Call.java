package io.burnish.simulator;

import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.PlannedFault;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.wire.ChatBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call, as it comes to be known.
 *
 * @param at when it came
 * @param body what it asks
 * @param records the records it asks about, as JSON
 * @param wrong what is to go wrong with it
 */
record Call(Instant at, ChatBody body, List<String> records, Optional<PlannedFault> wrong) {

  Call with(Optional<PlannedFault> other) {
    return new Call(at, body, records, other);
  }

  String model() {
    return body.model();
  }

  /** What is to go wrong with it. */
  Optional<InjectedFault> kind() {
    return wrong.map(PlannedFault::kind);
  }

  boolean goes(InjectedFault kind) {
    return kind().filter(kind::equals).isPresent();
  }

  SimulatedCall witnessed(int status, boolean admitted, TokenUsage usage) {
    return new SimulatedCall(
        at, model(), records, kind(), status, admitted, Optional.empty(), usage);
  }

  SimulatedCall refused(int status, LimitDimension by) {
    return new SimulatedCall(
        at, model(), records, kind(), status, false, Optional.of(by), TokenUsage.NONE);
  }
}
