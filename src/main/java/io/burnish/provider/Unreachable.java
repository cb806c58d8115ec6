package io.burnish.provider;

import org.jspecify.annotations.Nullable;

/** No response, or one that is no provider's. */
public final class Unreachable extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final boolean closedBeforeResponse;

  /** A call that ended without a response. */
  public Unreachable(String model, String message, @Nullable Throwable cause) {
    this(model, 0, message, cause);
  }

  /** A response that no provider sends, such as the page of a proxy. */
  public Unreachable(String model, int httpStatus, String message, @Nullable Throwable cause) {
    super(model, httpStatus, message, cause);
    this.closedBeforeResponse = false;
  }

  private Unreachable(String model, String message, Throwable cause, boolean closed) {
    super(model, 0, message, cause);
    this.closedBeforeResponse = closed;
  }

  /** The peer closed the connection before the first byte of a response. */
  static Unreachable closed(String model, String message, Throwable cause) {
    return new Unreachable(model, message, cause, true);
  }

  /**
   * Whether the peer closed the connection before the first byte of a response, as it happens when
   * an idle connection is used again at the moment in which it is closed.
   */
  public boolean closedBeforeResponse() {
    return closedBeforeResponse;
  }

  @Override
  public Kind kind() {
    return Kind.UNREACHABLE;
  }
}
