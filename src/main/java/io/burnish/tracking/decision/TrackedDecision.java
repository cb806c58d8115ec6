package io.burnish.tracking.decision;

import io.burnish.record.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision to be stored.
 *
 * @param scope the provider that answered, and the owner
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
    TrackingScope scope,
    String profile,
    Fingerprint fingerprint,
    @Nullable String key,
    @Nullable String result,
    @Nullable String errorCode,
    List<String> errors,
    @Nullable String model,
    @Nullable String proofVersion) {}
