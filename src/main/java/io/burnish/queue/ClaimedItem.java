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
    List<String> problems) {}
