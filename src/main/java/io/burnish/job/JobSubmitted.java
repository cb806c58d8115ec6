package io.burnish.job;

import java.util.UUID;

/** A job with items to claim was stored. Fired within the transaction: observe it after success. */
public record JobSubmitted(UUID jobId) {}
