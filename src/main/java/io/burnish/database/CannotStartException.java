package io.burnish.database;

import org.jspecify.annotations.Nullable;

/**
 * The database can't be used, so the service does not start. The message says why, and what to do.
 */
public final class CannotStartException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  CannotStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
