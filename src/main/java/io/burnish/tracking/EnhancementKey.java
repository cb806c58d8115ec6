package io.burnish.tracking;

import io.burnish.record.Fingerprint;

/**
 * A key under which a content is known, besides the key in its decision.
 *
 * @param provider the provider that answered
 * @param profile name of the profile
 * @param content identity by content
 * @param key the owner's key
 */
public record EnhancementKey(String provider, String profile, Fingerprint content, String key) {}
