package io.burnish.job.post;

/**
 * No permit became free in time: {@code burnish.jobs.store-at-once} jobs are being stored, or one
 * with the same Idempotency-Key.
 */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException(int atOnce) {
    this("%d jobs are being stored just now; try again in a while".formatted(atOnce));
  }

  private BusyException(String message) {
    super(message);
  }

  /** Another job of an access key with limits is being stored. */
  static BusyException ofAccessKey() {
    return new BusyException(
        "another job of this access key is being stored just now, and its limits need one at a time; try again in a while");
  }

  /** A request with the same Idempotency-Key is being stored. */
  static BusyException ofKey(String key) {
    return new BusyException(
        "a body with the Idempotency-Key \"%s\" is being stored just now; post it again in a while, to get its job"
            .formatted(key));
  }
}
