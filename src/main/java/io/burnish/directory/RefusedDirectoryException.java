package io.burnish.directory;

/**
 * A data directory can't be used. The message says why and what to do; it names paths below the
 * root only.
 */
public final class RefusedDirectoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedDirectoryException(String message) {
    super(message);
  }
}
