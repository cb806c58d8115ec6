package io.burnish.job.spec;

import io.burnish.database.DefaultOwner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who posted a job.
 *
 * @param owner whose job it is; an Idempotency-Key is unique for each owner
 * @param keyId the access key that posted it; null: none
 * @param limits of that key
 * @param traceparent the trace of the request that posted it; null: none
 */
public record JobOrigin(
    String owner, @Nullable UUID keyId, PostLimits limits, @Nullable String traceparent) {

  /** Whether the limits of a key apply to it. */
  public boolean isLimited() {
    return keyId != null && !limits.equals(PostLimits.NONE);
  }

  /** A job without access control. */
  public static final JobOrigin DEFAULT = new JobOrigin(DefaultOwner.NAME, null, PostLimits.NONE);

  /** A job without a trace. */
  public JobOrigin(String owner, @Nullable UUID keyId, PostLimits limits) {
    this(owner, keyId, limits, null);
  }

  /** The same, posted by a request of this trace; null: none. */
  public JobOrigin tracedBy(@Nullable String trace) {
    return new JobOrigin(owner, keyId, limits, trace);
  }
}
