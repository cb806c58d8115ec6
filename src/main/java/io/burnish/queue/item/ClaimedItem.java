package io.burnish.queue.item;

import io.burnish.record.Fingerprint;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item that only this worker may decide, as long as its fence is the current one.
 *
 * @param fence the number of the claim; each write names it
 * @param attempt answers judged so far, from 0
 * @param fingerprint identity by content; null: not shared with other items
 * @param key the owner's key, or null
 * @param record the record as JSON
 * @param maxPack the most records per call, this one included; {@link #UNBOUNDED}: no limit of its
 *     own
 * @param internalErrors internal errors of the service while it worked on the item
 * @param history its calls so far, oldest first; empty at the first claim
 * @param stored an answer that was stored and not judged, or null; it is judged before the next
 *     call
 * @param bytes size of the record, the history and the stored answer in UTF-8, about
 * @param retry number of the retry of its job that made it ready again; 0: none
 * @param rulesOff names of the rules that are off for that retry, beside those of the job
 * @param budget what the budget of its job limited when it was claimed
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
    long bytes,
    int retry,
    Set<String> rulesOff,
    Budget budget) {

  /** What a budget limits. */
  public enum Budget {
    /** Nothing: the job has none. */
    NONE,
    /** Tokens only. */
    TOKENS,
    /** The cost, and maybe tokens. */
    COST
  }

  /** An item that is claimed for the first time, of a job without a budget. */
  public static ClaimedItem first(
      long id,
      UUID jobId,
      int seq,
      @Nullable Fingerprint fingerprint,
      @Nullable String key,
      String record) {
    return new ClaimedItem(
        id,
        jobId,
        seq,
        1,
        0,
        fingerprint,
        key,
        record,
        UNBOUNDED,
        0,
        List.of(),
        null,
        record.length(),
        0,
        Set.of(),
        Budget.NONE);
  }

  /** {@link #maxPack} of an item without a limit of its own. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** The errors of the last refused answer; empty if none was refused. */
  public List<String> problems() {
    return history.stream()
        .filter(PastCall::refused)
        .reduce((earlier, later) -> later)
        .map(PastCall::errors)
        .orElse(List.of());
  }

  /**
   * An answer that was stored before its worker stopped.
   *
   * @param callId the call that brought it
   * @param model the model that answered
   * @param ref the record's number in that call
   * @param rawAnswer the model's text
   */
  public record StoredAnswer(UUID callId, String model, int ref, String rawAnswer) {}
}
