package io.burnish.queue;

import java.util.Set;
import java.util.UUID;

/**
 * Who claims.
 *
 * @param worker its id
 * @param provider who answers where it works, {@code groq} or {@code simulated}: it gets items of
 *     jobs that were posted under that provider, and no others
 * @param passingOver jobs that it can't work on just now, and leaves to others
 */
public record Claimant(UUID worker, String provider, Set<UUID> passingOver) {

  /** One that can work on every job of its provider. */
  public Claimant(UUID worker, String provider) {
    this(worker, provider, Set.of());
  }

  /** The same, leaving these jobs to others. */
  public Claimant passingOver(Set<UUID> jobs) {
    return new Claimant(worker, provider, jobs);
  }
}
