package io.burnish.dedup;

import io.burnish.job.UnreadableJobException;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Jobs that this version can't read: a newer one stored them, and was rolled back. They must not
 * stop the others, so what was claimed of them goes back unharmed, and this worker claims no more
 * of them for a while. They are not marked in any way: a worker that can read them takes them at
 * once. For one thread.
 */
public final class QuarantinedJobs {

  /** Long enough to cost nothing, for a job of any size; somebody may have mended its row. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(QuarantinedJobs.class);

  private final JobSpecs terms;
  private final ItemQueue queue;
  private final LongSupplier nanoClock;

  /** When each was last found unreadable, by the nano clock. */
  private final Map<UUID, Long> foundAt = new HashMap<>();

  public QuarantinedJobs(JobSpecs terms, ItemQueue queue, LongSupplier nanoClock) {
    this.terms = terms;
    this.queue = queue;
    this.nanoClock = nanoClock;
  }

  /** The jobs of which nothing is to be claimed now. */
  public Set<UUID> jobs() {
    long now = nanoClock.getAsLong();
    return foundAt.entrySet().stream()
        .filter(found -> now - found.getValue() < LOOK_AGAIN.toNanos())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Those of the claims that can be worked on; the others are given back. */
  public List<ClaimedItem> readable(List<ClaimedItem> claims) {
    Set<UUID> unreadable =
        claims.stream()
            .map(ClaimedItem::jobId)
            .distinct()
            .filter(job -> !isReadable(job))
            .collect(Collectors.toSet());
    if (unreadable.isEmpty()) {
      return claims;
    }
    queue.release(claims.stream().filter(claim -> unreadable.contains(claim.jobId())).toList());
    unreadable.forEach(queue::releaseSingleFlight);
    return claims.stream().filter(claim -> !unreadable.contains(claim.jobId())).toList();
  }

  /** Whether this version can work on the job; if not, it is set aside. */
  public boolean isReadable(UUID job) {
    try {
      terms.of(job);
      foundAt.remove(job);
      return true;
    } catch (UnreadableJobException e) {
      if (foundAt.put(job, nanoClock.getAsLong()) == null) {
        LOG.errorf(
            e,
            "Job %s is left alone, and looked at again every %s; the other jobs go on",
            job,
            LOOK_AGAIN);
      }
      return false;
    }
  }
}
