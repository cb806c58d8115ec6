package io.burnish.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The share of one job in the cost of a call. A call counts once for each job that has records in
 * it. Its tokens are divided by the number of records, and the shares add up to the whole.
 *
 * @param callId the call
 * @param jobId the job
 * @param promptTokens prompt tokens, cached ones included
 * @param completionTokens completion tokens
 * @param cachedTokens prompt tokens that came from the provider's cache
 */
record JobCostShare(
    UUID callId, UUID jobId, int promptTokens, int completionTokens, int cachedTokens) {

  /** The shares of all jobs with records in a call. */
  static List<JobCostShare> of(LedgerEntry call) {
    Map<UUID, Integer> recordsByJob = new LinkedHashMap<>();
    call.items().forEach(item -> recordsByJob.merge(item.jobId(), 1, Integer::sum));
    List<JobCostShare> shares = new ArrayList<>();
    int before = 0;
    for (Map.Entry<UUID, Integer> job : recordsByJob.entrySet()) {
      int after = before + job.getValue();
      shares.add(share(call, job.getKey(), before, after));
      before = after;
    }
    return shares;
  }

  /** The share of the call's records from {@code before} to {@code after}. */
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
