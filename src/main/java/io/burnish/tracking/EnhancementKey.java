package io.burnish.tracking;

import io.burnish.record.Fingerprint;

/**
 * A record's key that was settled by what is known of its content.
 *
 * @param provider whose answer it is
 * @param profile name of the profile
 * @param content identity by content
 * @param key the owner's key
 */
public record EnhancementKey(String provider, String profile, Fingerprint content, String key) {}
