package io.burnish.intake.body;

/**
 * The connection of the client that sent a body and waits for the response. Reads of the body fail
 * once it is closed. Thread-safe.
 */
public final class ClientConnection {

  private volatile boolean disconnected;

  /** The client has closed the connection. */
  public void markDisconnected() {
    disconnected = true;
  }

  /** Whether the client has closed the connection. */
  public boolean isDisconnected() {
    return disconnected;
  }

  /**
   * Ends work that no client waits for.
   *
   * @throws ClientDisconnectedException when the client has closed the connection
   */
  void requireConnected() {
    if (disconnected) {
      throw new ClientDisconnectedException();
    }
  }
}
