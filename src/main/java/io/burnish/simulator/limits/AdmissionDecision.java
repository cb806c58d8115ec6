package io.burnish.simulator.limits;

import java.time.Duration;

/** What is said at the door, before anything is generated. */
public sealed interface AdmissionDecision {

  /**
   * The call may go on.
   *
   * @param reserved tokens that were taken for it
   */
  record Admitted(long reserved) implements AdmissionDecision {}

  /**
   * The call is to come again: 429. Nothing was taken.
   *
   * @param delay until it would have been admitted, if nobody took anything meanwhile
   */
  record OverLimit(LimitDimension dimension, long limit, long used, long requested, Duration delay)
      implements AdmissionDecision {

    /** The refusal that these numbers make, its wait worked out. */
    public static OverLimit of(LimitDimension dimension, long limit, long used, long requested) {
      long missing = used + requested - limit;
      return new OverLimit(
          dimension,
          limit,
          used,
          requested,
          dimension.window().multipliedBy(missing).dividedBy(limit));
    }
  }

  /** The call is larger than the bucket, and can never be admitted: 413. Nothing was taken. */
  record NeverFits(LimitDimension dimension, long limit, long requested)
      implements AdmissionDecision {}
}
