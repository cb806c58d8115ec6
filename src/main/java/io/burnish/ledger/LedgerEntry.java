package io.burnish.ledger;

import io.burnish.queue.item.ClaimedItem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call to the provider as the ledger stores it, paid or not, answered or not.
 *
 * @param id id of the call
 * @param items the claims that the call was about; the first has ref 1, the next 2, and so on
 * @param model the model that was called
 * @param outcome {@link #ANSWERED}, or the kind of fault in lower case
 * @param httpStatus 0 without a response
 * @param promptTokens prompt tokens, cached ones included; 0 when unknown
 * @param completionTokens completion tokens; 0 when unknown
 * @param cachedTokens prompt tokens that came from the provider's cache; 0 when unknown
 * @param latencyMillis milliseconds from the request to the complete response
 * @param requestId the provider's id of the call, or null
 * @param message the provider's message about a fault, or null
 * @param rawAnswer the text that the model wrote, or null
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

  /** {@link #outcome} of a call that brought a usable answer. */
  public static final String ANSWERED = "answered";

  /** Whether the response has a text of the model. */
  public boolean answered() {
    return rawAnswer != null;
  }
}
