package io.burnish.client.http;

import io.burnish.client.console.ClientException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a response is written to. A failed write is a {@link ClientException}, so that it is
 * not retried like a failed connection.
 */
public final class ResultFile extends FilterOutputStream {

  private final Path file;

  private ResultFile(Path file) throws IOException {
    super(Files.newOutputStream(file));
    this.file = file;
  }

  /** Creates or empties the file. */
  public static ResultFile create(Path file) {
    try {
      return new ResultFile(file);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** A file that can't be written, with the reason. */
  public static ClientException unwritten(Path file, IOException cause) {
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
