package io.burnish.simulator;

import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.model.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call as the look-alike saw it: the independent witness of what was asked.
 *
 * @param at when it came
 * @param model who was called
 * @param records the records it asked about, as JSON
 * @param misbehaviour what was done wrong, on request or by chance
 * @param status the HTTP status that was answered; 0 when none was
 * @param admitted whether it passed the limits, and took from them
 * @param refusedBy the limit that it did not pass
 * @param usage tokens that it was charged for; none where it was not
 */
public record SimulatedCall(
    Instant at,
    String model,
    List<String> records,
    Optional<InjectedFault> misbehaviour,
    int status,
    boolean admitted,
    Optional<LimitDimension> refusedBy,
    TokenUsage usage) {}
