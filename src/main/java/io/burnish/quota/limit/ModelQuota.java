package io.burnish.quota.limit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The current quota of one model.
 *
 * @param model name of the model
 * @param buckets the limits; a dimension without a known limit is absent
 * @param pacing what decides when calls are sent
 * @param callsInFlight limit of calls in flight over all replicas; empty unless {@link
 *     PacingMode#ADAPTIVE}
 * @param pausedUntil end of the pause; empty if there is none
 * @param pauseReason reason of the pause, in words
 * @param throttled number of 429s so far
 * @param foreignTokensPerMinute estimated use by other clients of the same organization
 */
public record ModelQuota(
    String model,
    Map<Dimension, Bucket> buckets,
    PacingMode pacing,
    Optional<Long> callsInFlight,
    Optional<Instant> pausedUntil,
    Optional<String> pauseReason,
    long throttled,
    double foreignTokensPerMinute) {

  /** What decides when calls are sent. */
  public enum PacingMode {
    /** The limits: assumed, configured or reported. */
    LIMITS,
    /** Trial: the provider reports no limits, and no plan is assumed. */
    ADAPTIVE,
    /** The five delays of fixed pacing. */
    FIXED,
    /** Nothing: the plan is {@code unlimited}. */
    UNLIMITED;

    /** The word in the API: lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One limit.
   *
   * @param limit the limit of the window
   * @param level what is left; negative after calls that used more than they reserved
   * @param learned source of the limit: {@code plan}, {@code configured}, {@code headers}, {@code
   *     429} or {@code adaptive}
   * @param fullAt when the bucket is full if no call is sent
   */
  public record Bucket(double limit, double level, String learned, Instant fullAt) {

    /** Whether the limit is reported or configured, not assumed. */
    public boolean isConfirmed() {
      return !learned.equals(LimitSource.PLAN) && !learned.equals(LimitSource.ADAPTIVE);
    }
  }

  /** The same with another pacing. */
  public ModelQuota withPacing(PacingMode other) {
    return new ModelQuota(
        model,
        buckets,
        other,
        callsInFlight,
        pausedUntil,
        pauseReason,
        throttled,
        foreignTokensPerMinute);
  }
}
