package io.burnish.tracking;

import io.burnish.record.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision to be stored.
 *
 * @param provider the provider that answered: {@code groq} or {@code simulated}
 * @param profile name of the profile
 * @param fingerprint identity by content
 * @param key the owner's key, or null
 * @param result the enhanced record, or null when it failed
 * @param errorCode why it failed, or null
 * @param errors why it failed, a sentence each
 * @param model the model that answered, or null
 * @param proofVersion version of the rules under which it failed; null when it did not
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
