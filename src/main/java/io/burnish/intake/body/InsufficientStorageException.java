package io.burnish.intake.body;

import java.io.IOException;

/**
 * A request body can't be written to the spool directory: the disk is full, the directory is not
 * writable, or {@code burnish.intake.max-on-disk} is reached. Nothing was stored. The message says
 * which.
 */
public final class InsufficientStorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A write to the spool directory failed. */
  public InsufficientStorageException(IOException cause) {
    super("cannot write the request body to the spool directory: " + cause.getMessage(), cause);
  }

  InsufficientStorageException(long most) {
    super(
        "the spooled request bodies take all of burnish.intake.max-on-disk, %,d bytes"
            .formatted(most));
  }
}
