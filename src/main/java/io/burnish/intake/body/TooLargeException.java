package io.burnish.intake.body;

import java.util.OptionalLong;

/** A request body is larger than a limit. Nothing was stored. */
public final class TooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long limit;

  private TooLargeException(String message, long limit) {
    super(message);
    this.limit = limit;
  }

  /** A multipart body has more parts than {@code burnish.intake.max-files}. */
  public static TooLargeException ofParts(int most) {
    return new TooLargeException(
        "a multipart body may have %,d parts at most; upload the files in several jobs, or raise burnish.intake.max-files"
            .formatted(most),
        0);
  }

  /** A body has more bytes than its limit. */
  public static TooLargeException ofBody(long limit) {
    return new TooLargeException("a body has more than %,d bytes".formatted(limit), limit);
  }

  /** Most bytes of the body; empty when another limit was exceeded. */
  public OptionalLong limit() {
    return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
