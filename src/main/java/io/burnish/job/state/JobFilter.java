package io.burnish.job.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list of jobs, which are all met. A null is no condition.
 *
 * @param state of the job
 * @param outcome of the job
 * @param name a part of its name, in upper or lower case
 * @param profile name of its profile
 * @param createdAfter the job was stored later than this
 * @param createdBefore the job was stored earlier than this
 * @param owner of the job
 */
public record JobFilter(
    @Nullable JobState state,
    @Nullable JobOutcome outcome,
    @Nullable String name,
    @Nullable String profile,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    @Nullable String owner) {

  /** All jobs. */
  public static final JobFilter NONE = new JobFilter(null, null, null, null, null, null, null);

  /** The same conditions, for the jobs of one owner; null: of all owners. */
  public JobFilter ofOwner(@Nullable String only) {
    return new JobFilter(state, outcome, name, profile, createdAfter, createdBefore, only);
  }
}
