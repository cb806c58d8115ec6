package io.burnish.provider.fault;

import org.jspecify.annotations.Nullable;

/** No response, or one that is not from a provider. */
public final class Unreachable extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final boolean closedBeforeResponse;
  private final boolean neverReached;

  /** A call that ended without a response. */
  public Unreachable(String model, String message, @Nullable Throwable cause) {
    this(model, 0, message, cause);
  }

  /** A response that cannot be used, with its status. */
  public Unreachable(String model, int httpStatus, String message, @Nullable Throwable cause) {
    this(model, httpStatus, message, cause, false, false);
  }

  private Unreachable(
      String model,
      int httpStatus,
      String message,
      @Nullable Throwable cause,
      boolean closed,
      boolean neverReached) {
    super(model, httpStatus, message, cause);
    this.closedBeforeResponse = closed;
    this.neverReached = neverReached;
  }

  /** A response of a proxy or another server, not of a provider. */
  public static Unreachable notFromProvider(String model, int httpStatus, String message) {
    return new Unreachable(model, httpStatus, message, null, false, true);
  }

  /** No connection was opened, so nothing was sent. */
  public static Unreachable notConnected(String model, String message, Throwable cause) {
    return new Unreachable(model, 0, message, cause, false, true);
  }

  /** The peer closed the connection before the first byte of a response. */
  public static Unreachable closed(String model, String message, Throwable cause) {
    return new Unreachable(model, 0, message, cause, true, false);
  }

  /**
   * Whether the peer closed the connection before the first byte of a response, as for an idle
   * connection that is closed while it is reused.
   */
  public boolean closedBeforeResponse() {
    return closedBeforeResponse;
  }

  /**
   * Whether there was no connection, or another server answered, so that the call is not billed.
   */
  public boolean neverReachedProvider() {
    return neverReached;
  }

  @Override
  public Kind kind() {
    return Kind.UNREACHABLE;
  }
}
