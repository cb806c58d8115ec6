package io.burnish.access.key;

/** The service can't be used, because no caller could authenticate. The message says what to do. */
public final class NoKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** {@code message} says what to set. */
  public NoKeyException(String message) {
    super(message, null, false, false);
  }
}
