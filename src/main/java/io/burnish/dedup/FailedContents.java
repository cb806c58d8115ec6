package io.burnish.dedup;

import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Failed;
import io.burnish.record.Fingerprint;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Contents that failed within a job and are not tracked as failed: too large, timed out, refused by
 * the provider. The job's other records of the same content fail in the same way, without paid
 * calls of their own. Known on this replica only, until the job ends. Thread-safe.
 */
@Singleton
public class FailedContents {

  private static final int KEPT = 10_000;

  private record Content(UUID job, Fingerprint fingerprint) {}

  private final Map<Content, Failed> failures =
      new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Failed> eldest) {
          return size() > KEPT;
        }
      };

  /** Notes an outcome that was applied, if it is such a failure. */
  public synchronized void add(Outcome outcome) {
    ClaimedItem item = outcome.item();
    if (outcome.decision() instanceof Failed failure
        && outcome.judged().isEmpty()
        && item.fingerprint() != null) {
      failures.put(new Content(item.jobId(), item.fingerprint()), failure);
    }
  }

  /** How the content of an item failed before in its job; empty when it did not. */
  synchronized Optional<Failed> find(ClaimedItem item) {
    return item.fingerprint() == null
        ? Optional.empty()
        : Optional.ofNullable(failures.get(new Content(item.jobId(), item.fingerprint())));
  }

  /** The job has ended. */
  public synchronized void forget(UUID job) {
    failures.keySet().removeIf(content -> content.job().equals(job));
  }
}
