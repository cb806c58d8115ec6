package io.burnish.api;

import jakarta.ws.rs.NotFoundException;

/** Nothing is known of a key. */
final class NothingTrackedException extends NotFoundException {

  private static final long serialVersionUID = 1L;

  NothingTrackedException(String message) {
    super(message);
  }
}
