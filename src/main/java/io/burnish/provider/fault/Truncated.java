package io.burnish.provider.fault;

import io.burnish.provider.wire.ChatAnswer;
import org.jspecify.annotations.Nullable;

/** The answer was cut off. */
public final class Truncated extends UnusableAnswer {
  private static final long serialVersionUID = 1L;

  /** An error response; {@code text} is the part of the answer, or null. */
  public Truncated(String model, int httpStatus, String message, @Nullable String text) {
    super(model, httpStatus, message, text);
  }

  /** An answer that was cut off. */
  public Truncated(ChatAnswer answer, int httpStatus, String message) {
    super(answer, httpStatus, message);
  }

  @Override
  public Kind kind() {
    return Kind.TRUNCATED;
  }
}
