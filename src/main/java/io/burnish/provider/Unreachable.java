package io.burnish.provider;

import org.jspecify.annotations.Nullable;

/** No response. */
public final class Unreachable extends ProviderFault {
  private static final long serialVersionUID = 1L;

  /** A call that ended without a response. */
  public Unreachable(String model, String message, @Nullable Throwable cause) {
    super(model, 0, message, cause);
  }

  @Override
  public Kind kind() {
    return Kind.UNREACHABLE;
  }
}
