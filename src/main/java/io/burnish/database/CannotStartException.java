package io.burnish.database;

import org.jspecify.annotations.Nullable;

/**
 * The service does not start because the database can't be used. The message says why, and what to
 * do.
 */
public final class CannotStartException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  CannotStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
