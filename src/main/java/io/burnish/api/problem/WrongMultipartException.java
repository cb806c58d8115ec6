package io.burnish.api.problem;

import jakarta.ws.rs.BadRequestException;

/** A body with the type multipart/form-data is malformed. */
public final class WrongMultipartException extends BadRequestException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the form; the client gets the message. */
  public WrongMultipartException(String message) {
    super("the body is not multipart/form-data: " + message);
  }

  /** The same, found by the form reader. */
  public WrongMultipartException(String message, Throwable cause) {
    super("the body is not multipart/form-data: " + message, cause);
  }
}
