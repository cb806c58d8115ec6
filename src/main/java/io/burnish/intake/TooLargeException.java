package io.burnish.intake;

import java.util.OptionalLong;

/** A body is larger than this service takes. Nothing was stored. */
public final class TooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long limit;

  private TooLargeException(String message, long limit) {
    super(message);
    this.limit = limit;
  }

  /** A multipart body has more parts than it may. */
  public static TooLargeException ofParts(int most) {
    return new TooLargeException(
        "a multipart body may have %,d parts at most; upload the files in several jobs, or raise burnish.intake.max-files"
            .formatted(most),
        0);
  }

  /** A body has more bytes than it may, counted as it comes. */
  public static TooLargeException ofBody(long limit) {
    return new TooLargeException("a body has more than %,d bytes".formatted(limit), limit);
  }

  /** The most bytes that the body might have had; empty when something else of it is too large. */
  public OptionalLong limit() {
    return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
