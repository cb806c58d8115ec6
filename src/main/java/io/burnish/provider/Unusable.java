package io.burnish.provider;

import org.jspecify.annotations.Nullable;

/** Nothing that can be read as an answer. */
public final class Unusable extends UnusableAnswer {
  private static final long serialVersionUID = 1L;

  /** An error that says so; {@code text} is the model's own part of it, or null. */
  public Unusable(String model, int httpStatus, String message, @Nullable String text) {
    super(model, httpStatus, message, text);
  }

  /** An answer without anything in it. */
  public Unusable(ChatAnswer answer, int httpStatus, String message) {
    super(answer, httpStatus, message);
  }

  @Override
  public Kind kind() {
    return Kind.UNUSABLE;
  }
}
