package io.burnish.dedup;

import io.burnish.job.spec.JobOptions.Dedupe;
import io.burnish.job.spec.JobSpec;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.record.Fingerprint;
import io.burnish.record.SourceRecord;

/**
 * The identity of a claim for deduplication. {@link ClaimedItem#fingerprint} is what equal items
 * share a single flight by: in a job of {@code dedupe: id} it is that of the key, and the
 * fingerprint of the content must be computed.
 */
public final class DedupKey {

  private DedupKey() {}

  /** Whether records with the same key count as the same, whatever their content. */
  public static boolean usesKey(JobSpec job, ClaimedItem item) {
    return job.options().dedupe() == Dedupe.ID && item.key() != null;
  }

  /** The fingerprint of the content. Tracking stores the answer under it in any job. */
  public static Fingerprint contentFingerprint(JobSpec job, ClaimedItem item) {
    Fingerprint fingerprint = item.fingerprint();
    return fingerprint != null && !usesKey(job, item)
        ? fingerprint
        : Profiles.named(job.profile())
            .orElseThrow()
            .fingerprint(job.scope().namespace(), SourceRecord.of(item.record()));
  }
}
