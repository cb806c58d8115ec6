package io.burnish.job.stored;

import io.burnish.job.state.Counts;
import io.burnish.job.state.JobState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changes in the life of a job, as of one moment.
 *
 * @param version grows with each change of its state, its counts or its options
 * @param running items that are claimed; not part of the version
 * @param owner whose job it is
 * @param waitReason of the item whose wait ends first; null: no item waits
 */
public record JobSnapshot(
    UUID id,
    @Nullable String name,
    JobState state,
    @Nullable String outcome,
    Counts counts,
    long version,
    int running,
    String owner,
    @Nullable String waitReason,
    @Nullable Instant finishedAt) {}
