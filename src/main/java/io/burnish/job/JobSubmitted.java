package io.burnish.job;

import java.util.UUID;

/**
 * A job was stored, and has items to be claimed. Fired within the transaction: observe it after
 * success.
 */
public record JobSubmitted(UUID jobId) {}
