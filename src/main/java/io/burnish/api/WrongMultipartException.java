package io.burnish.api;

import jakarta.ws.rs.BadRequestException;

/** A body with the type multipart/form-data is malformed. */
final class WrongMultipartException extends BadRequestException {

  private static final long serialVersionUID = 1L;

  WrongMultipartException(String message) {
    super("the body is not multipart/form-data: " + message);
  }

  WrongMultipartException(String message, Throwable cause) {
    super("the body is not multipart/form-data: " + message, cause);
  }
}
