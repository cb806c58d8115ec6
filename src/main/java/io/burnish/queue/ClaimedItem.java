package io.burnish.queue;

import io.burnish.record.Fingerprint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item that this worker, and no other, may decide, as long as its fence is the current one.
 *
 * @param fence the claim's number; every write names it
 * @param attempt answers refused so far, from 0
 * @param fingerprint identity by content, or null when it is not shared
 * @param key the owner's key, or null
 * @param record the record's own characters
 * @param maxPack the most records that its call may be about, itself included; {@link #UNBOUNDED}:
 *     the item sets no bound
 * @param internalErrors how often the service itself failed while it worked on the item
 * @param history the calls that were made about it, oldest first; empty at the first claim
 * @param stored an answer that was paid for and never judged, or null; it is judged before a model
 *     is asked again
 * @param bytes what it takes as text in UTF-8: the record, the history and the stored answer; about
 */
public record ClaimedItem(
    long id,
    UUID jobId,
    int seq,
    int fence,
    int attempt,
    @Nullable Fingerprint fingerprint,
    @Nullable String key,
    String record,
    int maxPack,
    int internalErrors,
    List<PastCall> history,
    @Nullable StoredAnswer stored,
    long bytes) {

  /** {@link #maxPack} of an item without a bound of its own. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** What was wrong with the last refused answer; empty while none was refused. */
  public List<String> problems() {
    return history.stream()
        .filter(PastCall::refused)
        .reduce((earlier, later) -> later)
        .map(PastCall::errors)
        .orElse(List.of());
  }

  /**
   * An answer that came before its worker stopped.
   *
   * @param callId the call that brought it
   * @param model the model that answered
   * @param ref the record's number in that call
   * @param rawAnswer the model's text
   */
  public record StoredAnswer(UUID callId, String model, int ref, String rawAnswer) {}
}
