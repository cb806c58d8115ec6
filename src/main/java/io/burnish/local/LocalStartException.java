package io.burnish.local;

import org.jspecify.annotations.Nullable;

/** A local service could not be started. The message says why, and what to do. */
public final class LocalStartException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LocalStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
