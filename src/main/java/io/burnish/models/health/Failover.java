package io.burnish.models.health;

import java.time.Instant;

/**
 * Work moved from a model to another one.
 *
 * @param at when
 * @param cause why, for logs and the API
 */
public record Failover(Instant at, String cause) {}
