package io.burnish.quota.store;

import io.burnish.quota.limit.RateLimitObservation;

/**
 * The results of some calls, added up.
 *
 * @param callsBack requests that the provider did not count
 * @param tokensBack tokens that were reserved and not used; negative if more were used
 * @param callsDone calls that are no longer in flight
 * @param tokensDone tokens that were reserved for them
 * @param reported the last response with limits; {@link RateLimitObservation#NONE} if there is none
 * @param reportedAt when it came, by {@link System#nanoTime}
 * @param answered whether a call was answered
 * @param failed whether a call got no answer
 * @param untold usable answers without limits since the last one with limits
 */
public record Settlement(
    double callsBack,
    double tokensBack,
    double callsDone,
    double tokensDone,
    RateLimitObservation reported,
    long reportedAt,
    boolean answered,
    boolean failed,
    int untold) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** No call. */
  static final Settlement NONE =
      new Settlement(0, 0, 0, 0, RateLimitObservation.NONE, 0, false, false, 0);

  /** A call that was answered. */
  public static Settlement answered(
      double reserved, double used, RateLimitObservation observation, long nanoNow) {
    boolean hasLimits = observation.hasLimits();
    return new Settlement(
        0,
        reserved - used,
        1,
        reserved,
        hasLimits ? observation : RateLimitObservation.NONE,
        hasLimits ? nanoNow : 0,
        true,
        false,
        !hasLimits && observation.usable() ? 1 : 0);
  }

  /** Calls that were not sent, or got a 429: they used nothing. */
  public static Settlement unused(int calls, double reserved) {
    return new Settlement(
        calls, reserved, calls, reserved, RateLimitObservation.NONE, 0, false, false, 0);
  }

  /** A call that got no answer, and the tokens that are given back. */
  public static Settlement failed(double reserved, double tokensBack) {
    return new Settlement(0, tokensBack, 1, reserved, RateLimitObservation.NONE, 0, false, true, 0);
  }

  /** Seconds since the last response with limits. */
  double age(long nanoNow) {
    return Math.max(0, (nanoNow - reportedAt) / NANOS_PER_SECOND);
  }

  /** The sum of this and later results. */
  Settlement plus(Settlement later) {
    boolean hasLimits = later.reported.hasLimits();
    return new Settlement(
        callsBack + later.callsBack,
        tokensBack + later.tokensBack,
        callsDone + later.callsDone,
        tokensDone + later.tokensDone,
        hasLimits ? later.reported : reported,
        hasLimits ? later.reportedAt : reportedAt,
        answered || later.answered,
        failed || later.failed,
        hasLimits ? later.untold : untold + later.untold);
  }
}
