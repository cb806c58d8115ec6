package io.burnish.ledger;

import io.burnish.queue.ClaimedItem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call to the provider, as it is kept: paid or not, answered or not.
 *
 * @param id of the call
 * @param items the claims it asked about; the first has ref 1, the next 2, and so on
 * @param model who was called
 * @param outcome {@code answered}, or the kind of fault in lower case
 * @param httpStatus 0 when there was no response
 * @param promptTokens tokens read; 0 when not told
 * @param completionTokens tokens written; 0 when not told
 * @param cachedTokens tokens of the prompt that came from the provider's cache; 0 when not told
 * @param latencyMillis from sending to the whole answer
 * @param requestId the provider's own id of the call, or null
 * @param message the provider's own words on a fault, or null
 * @param rawAnswer the model's text, or null
 */
public record LedgerEntry(
    UUID id,
    List<ClaimedItem> items,
    String model,
    String outcome,
    int httpStatus,
    int promptTokens,
    int completionTokens,
    int cachedTokens,
    int latencyMillis,
    @Nullable String requestId,
    @Nullable String message,
    @Nullable String rawAnswer) {

  /** Whether a model's text came back. */
  public boolean answered() {
    return rawAnswer != null;
  }
}
