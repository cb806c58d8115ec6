package io.burnish.client;

import org.jspecify.annotations.Nullable;

/** The run can't continue (exit status 1). The message tells the user why, and what to do. */
final class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClientException(String message) {
    super(message);
  }

  ClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
