package io.burnish.api;

import jakarta.ws.rs.NotFoundException;

/** No model of that name is configured. */
final class NoSuchModelException extends NotFoundException {

  private static final long serialVersionUID = 1L;

  NoSuchModelException(String model) {
    super("No model is named \"%s\"; GET /models shows the names".formatted(model));
  }
}
