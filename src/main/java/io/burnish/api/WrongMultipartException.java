package io.burnish.api;

import jakarta.ws.rs.BadRequestException;

/** A body is not the multipart that it says it is. */
final class WrongMultipartException extends BadRequestException {

  private static final long serialVersionUID = 1L;

  WrongMultipartException(String message) {
    super("the body is not multipart/form-data: " + message);
  }

  WrongMultipartException(String message, Throwable cause) {
    super("the body is not multipart/form-data: " + message, cause);
  }
}
