package io.burnish.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an answer is written to. A failing write is a {@link ClientException}, so that it is
 * not taken for a failing connection, which would be tried again.
 */
final class ResultFile extends FilterOutputStream {

  private final Path file;

  private ResultFile(Path file) throws IOException {
    super(Files.newOutputStream(file));
    this.file = file;
  }

  /** The file, empty; what was in it before is lost. */
  static ResultFile create(Path file) {
    try {
      return new ResultFile(file);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  static ClientException unwritten(Path file, IOException cause) {
    return new ClientException(
        "%s could not be written (%s); is the disk full?".formatted(file, cause.getMessage()),
        cause);
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }
}
