package io.burnish.directory;

import java.io.IOException;

/** A file of results can't be written. The message says which and why. */
final class UnwritableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnwritableException(String message) {
    super(message);
  }

  /**
   * A file could not be written.
   *
   * @param file its name below the data directory
   */
  UnwritableException(String file, IOException cause) {
    super("%s can't be written: %s".formatted(file, FileErrors.reason(cause)), cause);
  }
}
