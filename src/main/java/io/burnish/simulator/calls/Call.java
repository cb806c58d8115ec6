package io.burnish.simulator.calls;

import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.PlannedFault;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.wire.ChatBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call in progress.
 *
 * @param at when it arrived
 * @param body the request
 * @param records the records that it asks about, as JSON
 * @param plannedFault the fault that is injected, if any
 */
public record Call(
    Instant at, ChatBody body, List<String> records, Optional<PlannedFault> plannedFault) {

  /** The same call with another fault; empty: with none. */
  public Call withFault(Optional<PlannedFault> other) {
    return new Call(at, body, records, other);
  }

  /** The model that is asked. */
  public String model() {
    return body.model();
  }

  /** The kind of the fault that is injected, if any. */
  public Optional<InjectedFault> kind() {
    return plannedFault.map(PlannedFault::kind);
  }

  /** Whether its fault is of a kind. */
  public boolean has(InjectedFault kind) {
    return kind().filter(kind::equals).isPresent();
  }

  /** What the log keeps of the call once it is answered. */
  public SimulatedCall logged(int status, boolean admitted, TokenUsage usage) {
    return new SimulatedCall(
        at, model(), records, kind(), status, admitted, Optional.empty(), usage);
  }

  /** What the log keeps of a call that a limit refused. */
  public SimulatedCall refused(int status, LimitDimension by) {
    return new SimulatedCall(
        at, model(), records, kind(), status, false, Optional.of(by), TokenUsage.NONE);
  }
}
