package io.burnish.api;

/** As many requests of a kind are served at the same time as may be; the client may try again. */
final class CrowdedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CrowdedException(String message) {
    super(message);
  }
}
