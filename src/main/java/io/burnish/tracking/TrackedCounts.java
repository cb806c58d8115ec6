package io.burnish.tracking;

/**
 * What is tracked, counted.
 *
 * @param processed contents that were enhanced, whose results are held
 * @param failed contents that were given up
 * @param imported keys that imported state files list, processed or failed
 */
public record TrackedCounts(long processed, long failed, long imported) {

  /** Nothing at all. */
  public static final TrackedCounts NONE = new TrackedCounts(0, 0, 0);

  /** Both together. */
  public TrackedCounts plus(TrackedCounts other) {
    return new TrackedCounts(
        processed + other.processed, failed + other.failed, imported + other.imported);
  }
}
