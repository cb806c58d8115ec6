package io.burnish.tracking;

import io.burnish.record.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision to be remembered.
 *
 * @param provider whose answer it is: {@code groq} or {@code simulated}
 * @param profile name of the profile
 * @param fingerprint identity by content
 * @param key the owner's key, or null
 * @param result the enhanced record, or null when it failed
 * @param errorCode why it failed, or null
 * @param errors why it failed, for a person
 * @param model who answered, or null
 * @param proofVersion under which reading of texts it failed; null when it did not
 */
public record TrackedDecision(
    String provider,
    String profile,
    Fingerprint fingerprint,
    @Nullable String key,
    @Nullable String result,
    @Nullable String errorCode,
    List<String> errors,
    @Nullable String model,
    @Nullable String proofVersion) {}
