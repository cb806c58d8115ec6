package io.burnish.job;

import org.jspecify.annotations.Nullable;

/** As many jobs are being stored as this replica can take, and none came to an end in time. */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException(int atOnce) {
    this("%d jobs are being stored just now; try again in a while".formatted(atOnce), null);
  }

  private BusyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Another body with the same key is being stored. */
  static BusyException ofKey(String key, @Nullable Throwable cause) {
    return new BusyException(
        "a body with the Idempotency-Key \"%s\" is being stored just now; post it again in a while, to get its job"
            .formatted(key),
        cause);
  }
}
