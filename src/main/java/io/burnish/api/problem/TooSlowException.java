package io.burnish.api.problem;

import java.time.Duration;

/** A body is sent slower than {@code burnish.intake.least-rate} allows. Nothing was stored. */
public final class TooSlowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * The lowest rate.
   *
   * @param leastBytes that must arrive in each interval
   * @param over the interval
   */
  public TooSlowException(long leastBytes, Duration over) {
    super(
        "the body was sent slower than %,d bytes in %d s; nothing was stored. Send it faster, or lower burnish.intake.least-rate"
            .formatted(leastBytes, over.toSeconds()));
  }
}
