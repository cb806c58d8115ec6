package io.burnish.job.state;

import java.util.UUID;

/**
 * A job has items to claim: it was stored, resumed or retried. Fired within the transaction:
 * observe it after success.
 */
public record JobRunnable(UUID jobId) {}
