package io.burnish.attempt;

import io.burnish.ledger.LedgerEntry;
import io.burnish.models.call.CallRecord;
import io.burnish.models.call.ChatCall;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.queue.item.ClaimedItem;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Maps HTTP calls to ledger entries, and logs them. */
final class LedgerEntries {

  private static final Logger LOG = Logger.getLogger(LedgerEntries.class);

  private static final int HTTP_OK = 200;

  private LedgerEntries() {}

  /** The entries of all HTTP calls that were made for a call about these records, oldest first. */
  static List<LedgerEntry> of(ChatCall call, List<ClaimedItem> items) {
    List<LedgerEntry> entries = call.calls().stream().map(made -> entry(made, items)).toList();
    entries.forEach(LedgerEntries::log);
    return entries;
  }

  private static void log(LedgerEntry call) {
    LOG.debugf(
        "Call %s to model %s about %d records (the first: item %d): %s, HTTP status %d, %d prompt tokens, %d completion tokens, %d ms",
        call.id(),
        call.model(),
        call.items().size(),
        call.items().get(0).id(),
        call.outcome(),
        call.httpStatus(),
        call.promptTokens(),
        call.completionTokens(),
        call.latencyMillis());
  }

  /** The entry of an HTTP call about these records. */
  static LedgerEntry entry(CallRecord call, List<ClaimedItem> items) {
    Optional<ChatAnswer> answer = call.answer();
    Optional<ProviderFault> fault = call.fault();
    // An unusable answer costs tokens, too.
    Optional<ChatAnswer> paid = answer.or(() -> fault.flatMap(ProviderFault::billedAnswer));
    return new LedgerEntry(
        call.id(),
        items,
        call.model(),
        fault.map(f -> f.kind().word()).orElse(LedgerEntry.ANSWERED),
        fault.map(ProviderFault::httpStatus).orElse(HTTP_OK),
        paid.map(ChatAnswer::promptTokens).orElse(0),
        paid.map(ChatAnswer::completionTokens).orElse(0),
        paid.map(ChatAnswer::cachedTokens).orElse(0),
        (int) call.latency().toMillis(),
        paid.map(ChatAnswer::requestId).orElse(null),
        fault.map(Throwable::getMessage).orElse(null),
        answer
            .map(ChatAnswer::content)
            .or(() -> fault.flatMap(ProviderFault::failedGeneration))
            .orElse(null));
  }
}
