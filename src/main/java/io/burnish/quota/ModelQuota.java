package io.burnish.quota;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The quota of one model as it is now.
 *
 * @param model its name
 * @param buckets what is limited; a dimension without a known limit is missing
 * @param pausedUntil nothing is sent before; empty: it is not paused
 * @param pauseReason why, in words
 * @param throttled refusals by a limit, ever
 * @param foreignTokensPerMinute what others of the same organization seem to use
 */
public record ModelQuota(
    String model,
    Map<Dimension, Bucket> buckets,
    Optional<Instant> pausedUntil,
    Optional<String> pauseReason,
    long throttled,
    double foreignTokensPerMinute) {

  /**
   * One limit.
   *
   * @param limit of the window
   * @param level what is left now; below zero after calls that used more than was reserved
   * @param learned where the limit is from: {@code plan}, {@code configured}, {@code headers},
   *     {@code 429} or {@code adaptive}
   * @param fullAt when nothing is used any more, if nothing else is sent
   */
  public record Bucket(double limit, double level, String learned, Instant fullAt) {}
}
