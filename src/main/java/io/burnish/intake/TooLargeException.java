package io.burnish.intake;

/** A body is larger than this service takes. Nothing was stored. */
public final class TooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooLargeException(long limit) {
    super(
        "a body may have %,d bytes at most, counted unpacked; post the records in several jobs, or raise burnish.intake.max-body"
            .formatted(limit));
  }
}
