package io.burnish.intake;

/**
 * The client that sent a body and waits for the answer. What is read of the body is read on its
 * behalf, and ends when it is gone. Thread-safe.
 */
public final class ClientConnection {

  private volatile boolean gone;

  /** The client has closed the connection. */
  public void markDisconnected() {
    gone = true;
  }

  /** Whether it is. */
  public boolean isDisconnected() {
    return gone;
  }

  /**
   * Ends the work when it has become useless.
   *
   * @throws ClientDisconnectedException when the client is gone
   */
  void requireConnected() {
    if (gone) {
      throw new ClientDisconnectedException();
    }
  }
}
