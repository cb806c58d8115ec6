package io.burnish.job.post;

import java.time.Duration;

/** A limit of the access key is reached; nothing was stored. */
public final class KeyLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  KeyLimitException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When the limit may allow the job. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
