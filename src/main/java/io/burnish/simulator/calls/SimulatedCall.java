package io.burnish.simulator.calls;

import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.model.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call as the simulator logged it, independently of what the service recorded.
 *
 * @param at when it arrived
 * @param model that was called
 * @param records the records that it asked about, as JSON
 * @param fault the fault that was injected
 * @param status HTTP status of the reply; 0 if the connection was closed without one
 * @param admitted whether it was within the limits, and took from them
 * @param refusedBy the limit that refused it
 * @param usage tokens that were charged; none if nothing was
 */
public record SimulatedCall(
    Instant at,
    String model,
    List<String> records,
    Optional<InjectedFault> fault,
    int status,
    boolean admitted,
    Optional<LimitDimension> refusedBy,
    TokenUsage usage) {}
