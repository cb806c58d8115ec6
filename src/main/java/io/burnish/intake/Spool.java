package io.burnish.intake;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lays request bodies down on disk, for none is ever held whole in memory. Thread-safe. */
@Singleton
public class Spool {

  private static final int BUFFER = 64 * 1024;

  private final long limit;
  private final Path directory;

  Spool(IntakeConfig config) {
    this.limit = config.maxBody().asLongValue();
    this.directory =
        config.directory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The largest body that is taken, in bytes, unpacked. */
  public long limit() {
    return limit;
  }

  /** A body on its way in, as it was sent. */
  public Incoming plain(InputStream body) {
    return Incoming.plain(body, limit);
  }

  /**
   * A body on its way in, packed with gzip.
   *
   * @throws MalformedBodyException when it does not begin as gzip does
   */
  public Incoming gzipped(InputStream body) {
    return Incoming.gzipped(body, limit);
  }

  /**
   * Lays a body down whole.
   *
   * @return what the caller must close
   * @throws NoRoomException when the disk does not take it
   */
  public Spooled take(Incoming body) {
    Spooled spooled = open();
    try {
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        spooled.write(ByteBuffer.wrap(buffer, 0, read));
      }
      return spooled;
    } catch (RuntimeException e) {
      spooled.close();
      throw e;
    }
  }

  /**
   * An empty file to write into. It has no name any more once it is open (on Windows, once it is
   * closed), so that not even a killed process leaves it behind.
   *
   * @throws NoRoomException when there can be none
   */
  public Spooled open() {
    try {
      Path file = Files.createTempFile(directory, "burnish-", ".body");
      return new Spooled(
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw new NoRoomException(e);
    }
  }
}
