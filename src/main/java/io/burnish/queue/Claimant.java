package io.burnish.queue;

import java.util.UUID;

/**
 * Who claims.
 *
 * @param worker its id
 * @param provider who answers where it works, {@code groq} or {@code simulated}: it gets items of
 *     jobs that were posted under that provider, and no others
 */
public record Claimant(UUID worker, String provider) {}
