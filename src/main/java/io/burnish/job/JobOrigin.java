package io.burnish.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who posted a job.
 *
 * @param owner whose job it is; an Idempotency-Key is unique for each owner
 * @param keyId the access key that posted it; null: none
 * @param traceparent the trace of the request that posted it; null: none
 */
public record JobOrigin(String owner, @Nullable UUID keyId, @Nullable String traceparent) {

  /** Owner of jobs that were posted before there were owners, or without access control. */
  public static final String DEFAULT_OWNER = "default";

  /** A job without access control. */
  public static final JobOrigin DEFAULT = new JobOrigin(DEFAULT_OWNER, null, null);
}
