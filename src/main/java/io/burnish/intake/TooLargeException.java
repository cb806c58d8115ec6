package io.burnish.intake;

/** A body is larger than this service takes. Nothing was stored. */
public final class TooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooLargeException(long limit) {
    super(
        "a body may have %,d bytes at most here, counted unpacked; post records in several jobs, and the keys of a state file in several files"
            .formatted(limit));
  }

  private TooLargeException(String message) {
    super(message);
  }

  /** A multipart body has more parts than it may. */
  public static TooLargeException ofParts(int most) {
    return new TooLargeException(
        "a multipart body may have %,d parts at most; upload the files in several jobs, or raise burnish.intake.max-files"
            .formatted(most));
  }

  /** A body has more bytes than it may, counted as it comes. */
  public static TooLargeException ofBody(long limit) {
    return new TooLargeException(limit);
  }
}
