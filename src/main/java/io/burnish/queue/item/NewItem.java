package io.burnish.queue.item;

import io.burnish.record.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item to be inserted. Most are {@code READY}; those that need no call are decided at intake.
 *
 * @param seq place in the job's input, from 0
 * @param file ordinal of its file in the job; null: posted without files
 * @param record the record; empty when it is streamed
 * @param streamed the record where it is too large to be held in memory, or null; only when FAILED
 * @param key the owner's key, or null
 * @param fingerprint identity by content; null: not shared with other items
 * @param state READY, SUCCEEDED or FAILED
 * @param result the enhanced record; only when SUCCEEDED
 * @param errorCode code of the first violation; only when FAILED
 * @param errors the reasons, a sentence each; only when FAILED
 */
public record NewItem(
    int seq,
    @Nullable Integer file,
    String record,
    @Nullable StreamedText streamed,
    @Nullable String key,
    @Nullable Fingerprint fingerprint,
    ItemState state,
    @Nullable String result,
    @Nullable String errorCode,
    List<String> errors) {

  /** An item that needs a call. */
  public static NewItem ready(
      int seq,
      @Nullable Integer file,
      String record,
      @Nullable String key,
      @Nullable Fingerprint fingerprint) {
    return new NewItem(
        seq, file, record, null, key, fingerprint, ItemState.READY, null, null, List.of());
  }

  /** An item that fails at intake. */
  public static NewItem failed(
      int seq,
      @Nullable Integer file,
      String record,
      @Nullable String key,
      String errorCode,
      List<String> errors) {
    return new NewItem(
        seq, file, record, null, key, null, ItemState.FAILED, null, errorCode, errors);
  }

  /** An item that fails at intake because its record is too large. */
  public static NewItem tooLarge(
      int seq, @Nullable Integer file, StreamedText record, String errorCode, List<String> errors) {
    return new NewItem(
        seq, file, "", record, null, null, ItemState.FAILED, null, errorCode, errors);
  }

  /** An item whose record was posted enhanced. */
  public static NewItem stored(
      int seq,
      @Nullable Integer file,
      String record,
      @Nullable String key,
      Fingerprint fingerprint) {
    return new NewItem(
        seq, file, record, null, key, fingerprint, ItemState.SUCCEEDED, record, null, List.of());
  }
}
