package io.burnish.callback;

/** A callback can't go to its URL. */
final class RefusedUrlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean unknownHost;

  RefusedUrlException(String message) {
    this(message, false);
  }

  private RefusedUrlException(String message, boolean unknownHost) {
    super(message);
    this.unknownHost = unknownHost;
  }

  static RefusedUrlException unknownHost(String host) {
    return new RefusedUrlException("no address is known for the host " + host, true);
  }

  /** Whether the host has no address now; it may have one later. */
  boolean isUnknownHost() {
    return unknownHost;
  }
}
