package io.burnish.intake.body;

/** The client closed the connection before its job was stored. Nothing was stored. */
public final class ClientDisconnectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The connection ended within the body. */
  public ClientDisconnectedException(Throwable cause) {
    super("the connection ended before the request body", cause);
  }

  /** The body was complete, but the client has closed the connection. */
  ClientDisconnectedException() {
    super("the client closed the connection before the response; its request is abandoned");
  }
}
