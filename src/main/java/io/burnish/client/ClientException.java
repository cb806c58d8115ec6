package io.burnish.client;

import org.jspecify.annotations.Nullable;

/** The run can't go on (exit status 1). The message is for the user, and says what to do. */
final class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClientException(String message) {
    super(message);
  }

  ClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
