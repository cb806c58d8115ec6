package io.burnish.models;

import java.time.Instant;

/**
 * Work was taken from a model.
 *
 * @param at when
 * @param cause why, in words
 */
public record Failover(Instant at, String cause) {}
