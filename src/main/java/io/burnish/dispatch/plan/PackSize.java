package io.burnish.dispatch.plan;

/**
 * How many records one call to a model is about. The size is halved when a call was too large for
 * the model, or when many answers are refused. It grows with each good call: quickly up to the size
 * that failed, and beyond it only after many good calls. Immutable.
 *
 * @param limit the largest size, {@code burnish.worker.pack}
 * @param size the size now, in records and fractions of a record
 * @param ceiling the largest size that is not known to fail
 * @param refused share of refused answers, an average of some twenty calls
 * @param good good calls since the ceiling last changed
 * @param probeAfter good calls after which a size beyond the ceiling is tried
 * @param probed whether the ceiling was tried as a probe and had failed before
 */
record PackSize(
    int limit,
    double size,
    double ceiling,
    double refused,
    int good,
    int probeAfter,
    boolean probed) {

  /** A larger share of refused answers means that the packs are too large. */
  private static final double TOO_MANY_REFUSED = 0.3;

  /** Weight of one call in the share of refused answers: an average of some twenty calls. */
  private static final double WEIGHT = 0.05;

  /** Growth of the size per good call, as a share; at least a tenth of a record. */
  private static final double GROWTH = 0.1;

  private static final int FIRST_PROBE = 50;
  private static final int LEAST_PROBE = 10;
  private static final int LAST_PROBE = 1_000;

  /** After a failed probe, the next one comes after so many times as many good calls. */
  private static final int FAILED_PROBE = 4;

  static PackSize first(int limit) {
    return new PackSize(limit, limit, limit, 0, 0, FIRST_PROBE, false);
  }

  /** Records in a call at most; 1 or more. */
  int records() {
    return Math.max(1, Math.min(limit, (int) Math.round(size)));
  }

  /**
   * A call was answered. A single refused answer is ignored: it says more about its record than
   * about the size. Two or more count against the size.
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

  /** A call about so many records was too large: half as many from now on. */
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
