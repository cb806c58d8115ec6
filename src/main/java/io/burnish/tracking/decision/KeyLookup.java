package io.burnish.tracking.decision;

import io.burnish.record.Fingerprint;

/**
 * A lookup by key.
 *
 * @param key the owner's key
 * @param content identity by content of the record; preferred among several contents under the key
 */
public record KeyLookup(String key, Fingerprint content) {}
