package io.burnish.simulator;

import java.time.Duration;

/** What is said at the door, before anything is generated. */
sealed interface Admission {

  /**
   * The call may go on.
   *
   * @param reserved tokens that were taken for it
   */
  record Admitted(long reserved) implements Admission {}

  /**
   * The call is to come again: 429. Nothing was taken.
   *
   * @param delay until it would have been admitted, if nobody took anything meanwhile
   */
  record Throttled(Dimension dimension, long limit, long used, long requested, Duration delay)
      implements Admission {

    /** The refusal that these numbers make, its wait worked out. */
    static Throttled of(Dimension dimension, long limit, long used, long requested) {
      long missing = used + requested - limit;
      return new Throttled(
          dimension,
          limit,
          used,
          requested,
          dimension.window().multipliedBy(missing).dividedBy(limit));
    }
  }

  /** The call is larger than the bucket, and can never be admitted: 413. Nothing was taken. */
  record TooLarge(Dimension dimension, long limit, long requested) implements Admission {}
}
