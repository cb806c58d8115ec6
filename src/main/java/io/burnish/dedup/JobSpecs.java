package io.burnish.dedup;

import io.burnish.enhancement.Question;
import io.burnish.job.JobSpec;
import io.burnish.job.Jobs;
import io.burnish.job.UnreadableJobException;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.record.SourceRecord;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What was agreed for the jobs at hand, kept so that not each claim asks for it; it never changes.
 * Thread-safe.
 */
@Singleton
public class JobSpecs {

  private static final int KEPT = 1_000;

  private final Jobs jobs;

  private final Map<UUID, JobSpec> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, JobSpec> eldest) {
          return size() > KEPT;
        }
      };

  JobSpecs(Jobs jobs) {
    this.jobs = jobs;
  }

  /**
   * The job's terms.
   *
   * @throws IllegalStateException when there is no such job: its items could not have been claimed
   * @throws UnreadableJobException when this version can't work on it; asked for again the next
   *     time
   */
  public JobSpec of(UUID job) {
    synchronized (kept) {
      JobSpec known = kept.get(job);
      if (known != null) {
        return known;
      }
    }
    JobSpec found =
        jobs.spec(job).orElseThrow(() -> new IllegalStateException("there is no job " + job));
    if (Profiles.named(found.profile()).isEmpty()) {
      throw UnreadableJobException.ofProfile(found.profile());
    }
    synchronized (kept) {
      kept.put(job, found);
    }
    return found;
  }

  /** The profile of an item's job. */
  public Profile profile(ClaimedItem item) {
    return Profiles.named(of(item.jobId()).profile()).orElseThrow();
  }

  /** What is asked about an item. */
  public Question question(ClaimedItem item) {
    return new Question(
        1, SourceRecord.of(item.record()), item.problems(), of(item.jobId()).options().rulesOff());
  }
}
