package io.burnish.queue.item;

import java.util.Set;
import java.util.UUID;

/**
 * The worker that claims.
 *
 * @param worker its id
 * @param provider the provider it calls, {@code groq} or {@code simulated}; it claims items of jobs
 *     that were posted under that provider, and no others
 * @param excludedJobs jobs whose items it does not claim
 */
public record Claimant(UUID worker, String provider, Set<UUID> excludedJobs) {

  /** A claimant of all jobs of its provider. */
  public Claimant(UUID worker, String provider) {
    this(worker, provider, Set.of());
  }

  /** The same claimant, without these jobs. */
  public Claimant excluding(Set<UUID> jobs) {
    return new Claimant(worker, provider, jobs);
  }
}
