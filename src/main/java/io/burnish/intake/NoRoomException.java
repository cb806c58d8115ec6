package io.burnish.intake;

import java.io.IOException;

/**
 * There is no place to lay a body down: the disk is full, or its directory can't be written.
 * Nothing was stored. The cause says which.
 */
public final class NoRoomException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoRoomException(IOException cause) {
    super("a body could not be laid down: " + cause.getMessage(), cause);
  }
}
