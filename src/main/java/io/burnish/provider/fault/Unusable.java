package io.burnish.provider.fault;

import io.burnish.provider.wire.ChatAnswer;
import org.jspecify.annotations.Nullable;

/** The answer cannot be read. */
public final class Unusable extends UnusableAnswer {
  private static final long serialVersionUID = 1L;

  /** An error response; {@code text} is the model's part of it, or null. */
  public Unusable(String model, int httpStatus, String message, @Nullable String text) {
    super(model, httpStatus, message, text);
  }

  /** An empty answer. */
  public Unusable(ChatAnswer answer, int httpStatus, String message) {
    super(answer, httpStatus, message);
  }

  @Override
  public Kind kind() {
    return Kind.UNUSABLE;
  }
}
