package io.burnish.dedup;

import io.burnish.job.JobOptions.Dedupe;
import io.burnish.job.JobSpec;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.record.Fingerprint;
import io.burnish.record.SourceRecord;

/**
 * By what a claim is known again. A claim's own fingerprint is what it shares its flight by: in a
 * job of {@code dedupe: id} that is the key's, and the content's must be taken anew.
 */
public final class DedupKey {

  private DedupKey() {}

  /** Whether the key alone says which records are the same. */
  public static boolean usesKey(JobSpec job, ClaimedItem item) {
    return job.options().dedupe() == Dedupe.ID && item.key() != null;
  }

  /**
   * The claim's identity by content, under which its answer is remembered whatever the job's way.
   */
  public static Fingerprint contentFingerprint(JobSpec job, ClaimedItem item) {
    Fingerprint shared = item.fingerprint();
    return shared != null && !usesKey(job, item)
        ? shared
        : Profiles.named(job.profile())
            .orElseThrow()
            .fingerprint(job.provider(), SourceRecord.of(item.record()));
  }
}
