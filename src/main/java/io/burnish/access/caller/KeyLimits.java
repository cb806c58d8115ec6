package io.burnish.access.caller;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a key may use. Null: no limit of its own; the limits of the service apply to every key.
 *
 * @param openJobs jobs that are not finished, over all replicas; over 0
 * @param records of a job; over 0
 * @param bodyBytes of a posted job, after decompression; over 0
 * @param costPerDay US$ that the jobs it posts in a UTC day may cost, over all replicas; over 0
 * @param requestsPerSecond for each replica; over 0
 */
public record KeyLimits(
    @Nullable Integer openJobs,
    @Nullable Integer records,
    @Nullable Long bodyBytes,
    @Nullable BigDecimal costPerDay,
    @Nullable Integer requestsPerSecond) {

  /** No limit. */
  public static final KeyLimits NONE = new KeyLimits(null, null, null, null, null);

  /** Largest value of a limit other than the cost. */
  public static final int MOST = 1_000_000_000;
}
