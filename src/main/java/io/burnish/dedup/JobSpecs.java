package io.burnish.dedup;

import io.burnish.enhancement.Question;
import io.burnish.job.Jobs;
import io.burnish.job.spec.JobSpec;
import io.burnish.job.spec.UnreadableJobException;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.record.SourceRecord;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Cache of job specs, so that a claim needs no query for them. A spec never changes. Thread-safe.
 */
@Singleton
public class JobSpecs {

  private static final int CAPACITY = 1_000;

  private final Jobs jobs;

  private final Map<UUID, JobSpec> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, JobSpec> eldest) {
          return size() > CAPACITY;
        }
      };

  JobSpecs(Jobs jobs) {
    this.jobs = jobs;
  }

  /**
   * The spec of a job.
   *
   * @throws IllegalStateException when there is no such job; then its items can't be claimed either
   * @throws UnreadableJobException when this version can't read the job; not cached
   */
  public JobSpec of(UUID job) {
    synchronized (cache) {
      JobSpec cached = cache.get(job);
      if (cached != null) {
        return cached;
      }
    }
    JobSpec spec =
        jobs.spec(job).orElseThrow(() -> new IllegalStateException("there is no job " + job));
    if (Profiles.named(spec.profile()).isEmpty()) {
      throw UnreadableJobException.ofProfile(spec.profile());
    }
    synchronized (cache) {
      cache.put(job, spec);
    }
    return spec;
  }

  /** The profile of an item's job. */
  public Profile profile(ClaimedItem item) {
    return Profiles.named(of(item.jobId()).profile()).orElseThrow();
  }

  /** The question about an item, under ref 1. */
  public Question question(ClaimedItem item) {
    return new Question(
        1, SourceRecord.of(item.record()), item.problems(), of(item.jobId()).rulesOff(item));
  }
}
