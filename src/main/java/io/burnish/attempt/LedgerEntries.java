package io.burnish.attempt;

import io.burnish.ledger.LedgerEntry;
import io.burnish.models.CallRecord;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.queue.ClaimedItem;
import java.util.List;
import java.util.Optional;

/** What calls brought and cost, as the ledger sees it. */
final class LedgerEntries {

  private LedgerEntries() {}

  /** A call as the ledger keeps it. */
  static LedgerEntry entry(CallRecord made, List<ClaimedItem> items) {
    Optional<ChatAnswer> answer = made.answer();
    Optional<ProviderFault> fault = made.fault();
    // What was paid counts, whatever it was worth.
    Optional<ChatAnswer> paid = answer.or(() -> fault.flatMap(ProviderFault::billedAnswer));
    return new LedgerEntry(
        made.id(),
        items,
        made.model(),
        fault.map(f -> f.kind().word()).orElse("answered"),
        fault.map(ProviderFault::httpStatus).orElse(200),
        paid.map(ChatAnswer::promptTokens).orElse(0),
        paid.map(ChatAnswer::completionTokens).orElse(0),
        paid.map(ChatAnswer::cachedTokens).orElse(0),
        (int) made.latency().toMillis(),
        paid.map(ChatAnswer::requestId).orElse(null),
        fault.map(Throwable::getMessage).orElse(null),
        answer
            .map(ChatAnswer::content)
            .or(() -> fault.flatMap(ProviderFault::failedGeneration))
            .orElse(null));
  }
}
