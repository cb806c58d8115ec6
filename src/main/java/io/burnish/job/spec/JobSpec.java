package io.burnish.job.spec;

import io.burnish.queue.item.ClaimedItem;
import io.burnish.tracking.decision.TrackingScope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The properties of a job that are set at intake and never change.
 *
 * @param id of the job
 * @param name the name that the owner gave it
 * @param profile name of the profile
 * @param owner whose records may share a call with each other, but not with others' records
 * @param scope whose decisions the job uses and adds to
 * @param options chosen by its owner
 * @param createdAt when it was posted, by the database's clock
 * @param traceparent the trace of the request that posted it
 */
public record JobSpec(
    UUID id,
    Optional<String> name,
    String profile,
    String owner,
    TrackingScope scope,
    JobOptions options,
    Instant createdAt,
    Optional<String> traceparent) {

  /** {@code groq} or {@code simulated}. */
  public String provider() {
    return scope.provider();
  }

  /** Names of the rules that are off for an item of the job: by its options, or by its retry. */
  public Set<String> rulesOff(ClaimedItem item) {
    if (item.rulesOff().isEmpty()) {
      return options.rulesOff();
    }
    Set<String> rules = new TreeSet<>(options.rulesOff());
    rules.addAll(item.rulesOff());
    return rules;
  }
}
