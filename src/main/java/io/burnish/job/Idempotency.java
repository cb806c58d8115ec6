package io.burnish.job;

/**
 * How a job that is posted again is known, so that a client that never heard of the first time gets
 * the job that it made.
 *
 * @param key the owner's word for this job, such as a UUID
 * @param sha256 of all that was posted, in 64 hexadecimal digits
 */
public record Idempotency(String key, String sha256) {}
