package io.burnish.intake;

import java.io.IOException;

/**
 * There is no place for a body: the disk is full, its directory can't be written, or the bodies
 * that lie there take all that they may. Nothing was stored. The message says which.
 */
public final class InsufficientStorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The disk does not take it. */
  public InsufficientStorageException(IOException cause) {
    super("a body could not be written to disk: " + cause.getMessage(), cause);
  }

  InsufficientStorageException(long most) {
    super(
        "the bodies that lie on disk take all of burnish.intake.max-on-disk, %,d bytes"
            .formatted(most));
  }
}
