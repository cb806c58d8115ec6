package io.burnish.worker;

import io.burnish.models.CallRecord;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.LedgerEntry;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.CallUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What calls cost, as the ledger and the jobs see it. */
final class Spending {

  private Spending() {}

  /**
   * Gives each job of a pack its share of the calls' tokens, by its records in the pack; the shares
   * add up. A call counts once for each job that had records in it.
   */
  static List<Outcome> spread(Pack pack, List<CallRecord> calls, List<Outcome> outcomes) {
    Map<UUID, Integer> recordsOf = new LinkedHashMap<>();
    pack.items().forEach(item -> recordsOf.merge(item.jobId(), 1, Integer::sum));
    Map<UUID, List<CallUsage>> usageOf = new LinkedHashMap<>();
    for (CallRecord call : calls) {
      int before = 0;
      for (Map.Entry<UUID, Integer> job : recordsOf.entrySet()) {
        int after = before + job.getValue();
        usageOf
            .computeIfAbsent(job.getKey(), id -> new ArrayList<>())
            .add(share(call, before, after, pack.size()));
        before = after;
      }
    }
    List<Outcome> spread = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      List<CallUsage> usage = usageOf.remove(outcome.item().jobId());
      spread.add(
          usage == null
              ? outcome
              : new Outcome(outcome.item(), outcome.decision(), outcome.judged(), usage));
    }
    return spread;
  }

  /** The part of a call that falls to its records from {@code before} to {@code after}. */
  private static CallUsage share(CallRecord call, int before, int after, int of) {
    Optional<ChatAnswer> answer = call.answer();
    return new CallUsage(
        call.model(),
        part(answer.map(ChatAnswer::promptTokens).orElse(0), before, after, of),
        part(answer.map(ChatAnswer::completionTokens).orElse(0), before, after, of),
        part(answer.map(ChatAnswer::cachedTokens).orElse(0), before, after, of));
  }

  private static int part(int tokens, int before, int after, int of) {
    return (int) ((long) tokens * after / of - (long) tokens * before / of);
  }

  /** A call as the ledger keeps it. */
  static LedgerEntry entry(CallRecord made, List<ClaimedItem> items) {
    Optional<ChatAnswer> answer = made.answer();
    Optional<ProviderFault> fault = made.fault();
    return new LedgerEntry(
        made.id(),
        items,
        made.model(),
        fault.map(f -> f.kind().word()).orElse("answered"),
        fault.map(ProviderFault::httpStatus).orElse(200),
        answer.map(ChatAnswer::promptTokens).orElse(0),
        answer.map(ChatAnswer::completionTokens).orElse(0),
        answer.map(ChatAnswer::cachedTokens).orElse(0),
        (int) made.latency().toMillis(),
        answer.map(ChatAnswer::requestId).orElse(null),
        fault.map(Throwable::getMessage).orElse(null),
        answer
            .map(ChatAnswer::content)
            .or(() -> fault.flatMap(ProviderFault::failedGeneration))
            .orElse(null));
  }
}
