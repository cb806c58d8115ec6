package io.burnish.job.spec;

/**
 * Identifies a request that is sent again, so that the retry gets the job of the first try.
 *
 * @param key the Idempotency-Key, such as a UUID
 * @param sha256 of the whole request, in 64 hexadecimal digits
 */
public record Idempotency(String key, String sha256) {}
