package io.burnish.tracking.decision;

import io.burnish.record.Fingerprint;

/**
 * A key under which a content is known, besides the key in its decision.
 *
 * @param scope the provider that answered, and the owner
 * @param profile name of the profile
 * @param content identity by content
 * @param key the owner's key
 */
public record EnhancementKey(
    TrackingScope scope, String profile, Fingerprint content, String key) {}
