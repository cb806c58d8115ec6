package io.burnish.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What was agreed at intake and never changes.
 *
 * @param id of the job
 * @param name what its owner calls it
 * @param profile name of the profile
 * @param provider {@code groq} or {@code simulated}
 * @param options the owner's choices
 * @param createdAt when it was posted, by the database's clock
 */
public record JobSpec(
    UUID id,
    Optional<String> name,
    String profile,
    String provider,
    JobOptions options,
    Instant createdAt) {}
