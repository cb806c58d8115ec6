package io.burnish.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a call cost one of the jobs that had records in it. A call counts once for each of them; its
 * tokens are divided by their records, and the shares add up.
 *
 * @param callId the call
 * @param jobId the job
 * @param promptTokens tokens read, cached ones included
 * @param completionTokens tokens written
 * @param cachedTokens tokens of the prompt that were not charged against the limits
 */
record JobCostShare(
    UUID callId, UUID jobId, int promptTokens, int completionTokens, int cachedTokens) {

  /** The shares of all jobs that had records in a call. */
  static List<JobCostShare> of(LedgerEntry call) {
    Map<UUID, Integer> recordsOf = new LinkedHashMap<>();
    call.items().forEach(item -> recordsOf.merge(item.jobId(), 1, Integer::sum));
    List<JobCostShare> shares = new ArrayList<>();
    int before = 0;
    for (Map.Entry<UUID, Integer> job : recordsOf.entrySet()) {
      int after = before + job.getValue();
      shares.add(share(call, job.getKey(), before, after));
      before = after;
    }
    return shares;
  }

  /** The part that falls to the call's records from {@code before} to {@code after}. */
  private static JobCostShare share(LedgerEntry call, UUID job, int before, int after) {
    int of = call.items().size();
    return new JobCostShare(
        call.id(),
        job,
        part(call.promptTokens(), before, after, of),
        part(call.completionTokens(), before, after, of),
        part(call.cachedTokens(), before, after, of));
  }

  private static int part(int tokens, int before, int after, int of) {
    return (int) ((long) tokens * after / of - (long) tokens * before / of);
  }
}
