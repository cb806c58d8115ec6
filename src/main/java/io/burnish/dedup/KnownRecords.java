package io.burnish.dedup;

import io.burnish.job.spec.JobSpec;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.tracking.decision.PriorResult;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks up records of a job that is not stored: what earlier results would mean for them.
 * Thread-safe.
 */
@Singleton
public class KnownRecords {

  private final PriorResults priorResults;

  KnownRecords(PriorResults priorResults) {
    this.priorResults = priorResults;
  }

  /** What an earlier result means for a record. */
  public enum Meaning {
    /** Its answer is used again. */
    REUSED,
    /** The record fails without a call. */
    FAILED
  }

  /**
   * What earlier results mean for items of the job, by item id; items that need a call are not in
   * the map. An earlier result that is too large to be read here counts as used again.
   */
  public Map<Long, Meaning> of(JobSpec job, List<ClaimedItem> items) {
    Map<Long, PriorResult> known = priorResults.known(items, item -> job);
    Map<Long, Meaning> meanings = new HashMap<>();
    for (ClaimedItem item : items) {
      PriorResult prior = known.get(item.id());
      if (prior != null && prior.unread()) {
        meanings.put(item.id(), Meaning.REUSED);
      } else if (prior != null) {
        PriorDecision.of(job, item, prior)
            .ifPresent(
                decision ->
                    meanings.put(
                        item.id(), decision instanceof Enhanced ? Meaning.REUSED : Meaning.FAILED));
      }
    }
    return meanings;
  }
}
