package io.burnish.api;

/** A limit on concurrent uploads or downloads is reached. Nothing was stored; a retry may pass. */
final class TooManyRequestsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyRequestsException(String message) {
    super(message);
  }
}
