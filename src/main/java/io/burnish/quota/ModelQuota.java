package io.burnish.quota;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The quota of one model as it is now.
 *
 * @param model its name
 * @param buckets what is limited; a dimension without a known limit is missing
 * @param pacing what decides when calls are sent
 * @param callsInFlight most calls in flight over all replicas; empty unless {@link
 *     PacingMode#ADAPTIVE}
 * @param pausedUntil nothing is sent before; empty: it is not paused
 * @param pauseReason why, in words
 * @param throttled refusals by a limit, ever
 * @param foreignTokensPerMinute what others of the same organization seem to use
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
    /** The limits, as they are assumed, configured or told. */
    LIMITS,
    /** Trial: answers tell no limits, so no plan is assumed. */
    ADAPTIVE,
    /** The five delays of fixed pacing. */
    FIXED,
    /** Nothing: the plan is {@code unlimited}. */
    UNLIMITED;

    /** In lower case, as shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One limit.
   *
   * @param limit of the window
   * @param level what is left now; below zero after calls that used more than was reserved
   * @param learned where the limit is from: {@code plan}, {@code configured}, {@code headers},
   *     {@code 429} or {@code adaptive}
   * @param fullAt when nothing is used any more, if nothing else is sent
   */
  public record Bucket(double limit, double level, String learned, Instant fullAt) {

    /** Whether the provider or a person told the limit, so that it is no guess. */
    boolean isConfirmed() {
      return !learned.equals(LimitLearning.PLAN) && !learned.equals(LimitLearning.ADAPTIVE);
    }
  }

  /** The same, with another pace. */
  ModelQuota withPacing(PacingMode other) {
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
