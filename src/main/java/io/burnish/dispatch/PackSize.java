package io.burnish.dispatch;

/**
 * How many records a model is given in one call. It is halved when a call was too much for the
 * model, or when many of its answers are refused; it grows again with each good call, quickly up to
 * the size that failed, and beyond it only after many good calls. Immutable.
 *
 * @param limit the most there can be, {@code burnish.worker.pack}
 * @param size the most there should be now; a share of a record counts
 * @param ceiling the size that is not known to fail
 * @param refused share of refused answers, an average of some twenty calls
 * @param good good calls since the last change of the ceiling
 * @param probeAfter good calls after which a size beyond the ceiling is tried
 * @param probed whether the ceiling is one that was tried, and had failed before
 */
record PackSize(
    int limit,
    double size,
    double ceiling,
    double refused,
    int good,
    int probeAfter,
    boolean probed) {

  /** Refused answers beyond this share mean that the model is asked too much at once. */
  private static final double TOO_MANY_REFUSED = 0.3;

  /** A call weighs so much in the share of refused answers: some twenty make it. */
  private static final double WEIGHT = 0.05;

  /** What a good call adds, as a share; at least a tenth of a record. */
  private static final double GROWTH = 0.1;

  private static final int FIRST_PROBE = 50;
  private static final int LEAST_PROBE = 10;
  private static final int LAST_PROBE = 1_000;

  /** After a probe that failed, the next one comes so many times later. */
  private static final int FAILED_PROBE = 4;

  static PackSize first(int limit) {
    return new PackSize(limit, limit, limit, 0, 0, FIRST_PROBE, false);
  }

  /** Records in a call at most; 1 or more. */
  int records() {
    return Math.max(1, Math.min(limit, (int) Math.round(size)));
  }

  /**
   * A call was answered. One refused answer says something of its record, not of the company, and
   * so does a record alone: only two or more count against the size.
   */
  PackSize judged(int records, int refusedNow) {
    double share = refusedNow < 2 || records < 2 ? 0 : (double) refusedNow / records;
    double average = records < 2 ? refused : refused + WEIGHT * (share - refused);
    if (average > TOO_MANY_REFUSED) {
      return reduced(Math.max(1, size / 2));
    }
    if (refusedNow > 0 && records < 2) {
      return this;
    }
    return grown(average);
  }

  /** A call about so many records was too much: half as many from now on. */
  PackSize tooLarge(int records) {
    double half = Math.max(1, records / 2);
    return half < size ? reduced(half) : this;
  }

  private PackSize reduced(double to) {
    int later = probed ? Math.min(LAST_PROBE, probeAfter * FAILED_PROBE) : probeAfter;
    return new PackSize(limit, to, to, 0, 0, later, false);
  }

  private PackSize grown(double average) {
    boolean probe = size >= ceiling && ceiling < limit && good + 1 >= probeAfter;
    double bound = probe ? Math.min(limit, ceiling * 2) : ceiling;
    double next = Math.min(bound, size + Math.max(GROWTH, size * GROWTH));
    return probe
        ? new PackSize(limit, next, bound, average, 0, Math.max(LEAST_PROBE, probeAfter / 2), true)
        : new PackSize(limit, next, bound, average, good + 1, probeAfter, probed);
  }
}
