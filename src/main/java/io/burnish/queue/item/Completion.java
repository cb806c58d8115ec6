package io.burnish.queue.item;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * The result of {@code ItemQueue.complete}.
 *
 * @param applied ids of the items whose outcome was applied
 * @param jobs the counters of their jobs
 */
public record Completion(Collection<Long> applied, Map<UUID, JobProgress> jobs) {}
