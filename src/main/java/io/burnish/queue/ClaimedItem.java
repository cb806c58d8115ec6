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
 * @param problems what was wrong with the last refused answer; empty at the first asking
 * @param alone whether it must not share a call with others any more
 * @param stored an answer that was paid for and never judged, or null; it is judged before anybody
 *     is asked again
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
    List<String> problems,
    boolean alone,
    @Nullable StoredAnswer stored) {

  /**
   * An answer that came before its worker died.
   *
   * @param callId the call that brought it
   * @param model who answered
   * @param ref the record's number in that call
   * @param rawAnswer the model's text
   */
  public record StoredAnswer(UUID callId, String model, int ref, String rawAnswer) {}
}
