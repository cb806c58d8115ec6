package io.burnish.tracking.decision;

/**
 * Counts of decisions.
 *
 * @param processed contents with a result
 * @param failed contents that failed
 * @param imported keys that imported state files list, processed or failed
 */
public record TrackedCounts(long processed, long failed, long imported) {

  /** No decisions. */
  public static final TrackedCounts NONE = new TrackedCounts(0, 0, 0);

  /** The sum of both. */
  public TrackedCounts plus(TrackedCounts other) {
    return new TrackedCounts(
        processed + other.processed, failed + other.failed, imported + other.imported);
  }
}
