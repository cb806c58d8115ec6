package io.burnish.intake;

/**
 * A client went away before its body had come to an end, or before its job was stored. Nothing was
 * stored.
 */
public final class ClientDisconnectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The body did not come whole. */
  public ClientDisconnectedException(Throwable cause) {
    super("the body broke off before its end", cause);
  }

  /** The body was whole, but the client has closed the connection. */
  ClientDisconnectedException() {
    super("the client closed the connection before the answer; the work for it ends");
  }
}
