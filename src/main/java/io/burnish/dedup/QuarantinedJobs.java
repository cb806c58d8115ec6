package io.burnish.dedup;

import io.burnish.job.spec.UnreadableJobException;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.ClaimedItem;
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
 * Quarantine for jobs that this version can't read, because a newer version stored them and was
 * rolled back. Their claims are released unchanged, and this worker claims no more of them for a
 * while, so that they do not block other jobs. Nothing is stored about it: a worker that can read
 * them claims them at once. For one thread.
 */
public final class QuarantinedJobs {

  /** Time after which an unreadable job is claimed again: its row may have been repaired. */
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(QuarantinedJobs.class);

  private final JobSpecs jobSpecs;
  private final ItemQueue queue;
  private final LongSupplier nanoClock;

  /** When each job was last found unreadable, by the nano clock. */
  private final Map<UUID, Long> foundAt = new HashMap<>();

  public QuarantinedJobs(JobSpecs jobSpecs, ItemQueue queue, LongSupplier nanoClock) {
    this.jobSpecs = jobSpecs;
    this.queue = queue;
    this.nanoClock = nanoClock;
  }

  /** The jobs in quarantine; nothing of them is claimed now. */
  public Set<UUID> jobs() {
    long now = nanoClock.getAsLong();
    return foundAt.entrySet().stream()
        .filter(found -> now - found.getValue() < RETRY_AFTER.toNanos())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The claims whose job this version can read; the others are released. */
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

  /** Whether this version can read the job; if not, the job is quarantined. */
  public boolean isReadable(UUID job) {
    try {
      jobSpecs.of(job);
      foundAt.remove(job);
      return true;
    } catch (UnreadableJobException e) {
      if (foundAt.put(job, nanoClock.getAsLong()) == null) {
        LOG.errorf(
            e,
            "Job %s can't be read by this version and is quarantined. Retry in %s; other jobs continue",
            job,
            RETRY_AFTER);
      }
      return false;
    }
  }
}
