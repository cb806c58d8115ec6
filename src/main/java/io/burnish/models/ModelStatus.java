package io.burnish.models;

import java.time.Instant;
import java.util.Optional;

/**
 * How one model is.
 *
 * @param place in the order of preference, from 0
 * @param decommissioned whether it is out for good
 * @param cooldownUntil when it can be asked again; empty: it can now
 * @param reason why it is gone or rests; empty text when it does neither
 * @param throttledInARow refusals by a limit since its last answer or switch
 * @param lastFailover when work was last taken from it, and why
 */
public record ModelStatus(
    String model,
    int place,
    boolean decommissioned,
    Optional<Instant> cooldownUntil,
    String reason,
    int throttledInARow,
    Optional<Failover> lastFailover) {}
