package io.burnish.simulator.limits;

import java.time.Duration;

/** The decision on a call before anything is generated. */
public sealed interface AdmissionDecision {

  /**
   * The call is admitted.
   *
   * @param reserved tokens that are reserved for it
   */
  record Admitted(long reserved) implements AdmissionDecision {}

  /**
   * The call exceeds a limit now: 429. Nothing was taken.
   *
   * @param delay until it is admitted, if no other call takes anything
   */
  record OverLimit(LimitDimension dimension, long limit, long used, long requested, Duration delay)
      implements AdmissionDecision {

    /** The refusal with these numbers, and the wait that follows from them. */
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

  /** The call is larger than the bucket: 413. Nothing was taken. */
  record NeverFits(LimitDimension dimension, long limit, long requested)
      implements AdmissionDecision {}
}
