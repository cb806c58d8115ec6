package io.burnish.intake.body;

import io.burnish.intake.body.SpooledBody.OpenPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A part of a body that the form reader wrote to a file, and deletes. It is opened by a read, and
 * closed when another part is read.
 */
final class PartFile implements BodyBytes {

  private final Path path;
  private final OpenPart open;
  private volatile @Nullable FileChannel file;

  /**
   * @param open the part of the same body that is open
   */
  PartFile(Path path, OpenPart open) {
    this.path = path;
    this.open = open;
  }

  @Override
  public int read(ByteBuffer into, long from) throws IOException {
    FileChannel channel = file;
    if (channel == null) {
      open.switchTo(this);
      channel = FileChannel.open(path, StandardOpenOption.READ);
      file = channel;
    }
    return channel.read(into, from);
  }

  @Override
  public void close() throws IOException {
    FileChannel closing = file;
    if (closing != null) {
      file = null;
      closing.close();
    }
  }
}
