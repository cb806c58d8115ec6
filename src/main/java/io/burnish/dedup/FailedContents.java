package io.burnish.dedup;

import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.record.Fingerprint;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Contents that failed within a job and that tracking does not store as failed: too large, timed
 * out, refused by the provider. Other records of the job with the same content fail in the same way
 * without a call. Known to this replica only, until the job ends. Thread-safe.
 */
@Singleton
public class FailedContents {

  private static final int CAPACITY = 10_000;

  private record Content(UUID job, int retry, Fingerprint fingerprint) {}

  private final Map<Content, Failed> failures =
      new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Failed> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Adds the content of an applied outcome, if it is such a failure. */
  public synchronized void add(Outcome outcome) {
    ClaimedItem item = outcome.item();
    if (outcome.decision() instanceof Failed failure
        && outcome.judged().isEmpty()
        && item.fingerprint() != null) {
      failures.put(new Content(item.jobId(), item.retry(), item.fingerprint()), failure);
    }
  }

  /** The earlier failure of the same content in the same job; empty without one. */
  synchronized Optional<Failed> find(ClaimedItem item) {
    return item.fingerprint() == null
        ? Optional.empty()
        : Optional.ofNullable(
            failures.get(new Content(item.jobId(), item.retry(), item.fingerprint())));
  }

  /** Removes the contents of a job that has ended. */
  public synchronized void forget(UUID job) {
    failures.keySet().removeIf(content -> content.job().equals(job));
  }
}
