package io.burnish.job.spec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an access key may post. Null: no limit.
 *
 * @param openJobs its jobs that are not finished, at most; over 0
 * @param costPerDay US$ that the jobs it posts in a UTC day may cost; over 0
 */
public record PostLimits(@Nullable Integer openJobs, @Nullable BigDecimal costPerDay) {

  /** No limit. */
  public static final PostLimits NONE = new PostLimits(null, null);
}
