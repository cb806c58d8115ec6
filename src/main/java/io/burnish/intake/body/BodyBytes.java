package io.burnish.intake.body;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a request body on disk. Used by one thread at a time; any thread may close it. */
interface BodyBytes {

  /**
   * Reads bytes from an offset on.
   *
   * @return how many were read; -1 at the end
   * @throws IOException also when it is closed and can't be opened again
   */
  int read(ByteBuffer into, long from) throws IOException;

  /**
   * Appends bytes.
   *
   * @throws UnsupportedOperationException unless the body is written here
   */
  default void append(ByteBuffer bytes) throws IOException {
    throw new UnsupportedOperationException("only a file of the spool directory is written");
  }

  /** Closes the file, if it is open. */
  void close() throws IOException;
}
