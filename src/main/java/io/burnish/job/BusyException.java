package io.burnish.job;

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

  /** A request with the same Idempotency-Key is being stored. */
  static BusyException ofKey(String key) {
    return new BusyException(
        "a body with the Idempotency-Key \"%s\" is being stored just now; post it again in a while, to get its job"
            .formatted(key));
  }
}
