package io.burnish.api;

import jakarta.ws.rs.NotFoundException;

/** No job, or no file of a job, has that name. */
final class NoSuchJobException extends NotFoundException {

  private static final long serialVersionUID = 1L;

  NoSuchJobException(String message) {
    super(message);
  }
}
