package io.burnish.client.console;

import org.jspecify.annotations.Nullable;

/** The run can't continue (exit status 1). The message tells the user why, and what to do. */
public final class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** {@code message} is printed; it says what to do. */
  public ClientException(String message) {
    super(message);
  }

  /** The same, with a cause for {@code --log-level DEBUG}. */
  public ClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
