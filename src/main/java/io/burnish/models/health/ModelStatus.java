package io.burnish.models.health;

import java.time.Instant;
import java.util.Optional;

/**
 * The status of one model.
 *
 * @param place in the order of preference, from 0
 * @param decommissioned whether it is never called again
 * @param cooldownUntil when calls may be sent again; empty: now
 * @param reason why it is decommissioned or in a cooldown; empty text when it is neither
 * @param throttledInARow rate limits since the last answer or failover
 * @param lastFailover when work last moved to another model, and why; empty: never
 */
public record ModelStatus(
    String model,
    int place,
    boolean decommissioned,
    Optional<Instant> cooldownUntil,
    String reason,
    int throttledInARow,
    Optional<Failover> lastFailover) {}
