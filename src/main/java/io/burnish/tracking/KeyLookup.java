package io.burnish.tracking;

import io.burnish.record.Fingerprint;

/**
 * A record that is looked for by its key.
 *
 * @param key the owner's key
 * @param content its identity by content: of several contents that are known under the key, this
 *     one is preferred
 */
public record KeyLookup(String key, Fingerprint content) {}
