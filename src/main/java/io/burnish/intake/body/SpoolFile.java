package io.burnish.intake.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file of the spool directory. Its bytes count against the limit of the spool until it closes.
 */
final class SpoolFile implements BodyBytes {

  private final @Nullable Spool spool;
  private volatile @Nullable FileChannel file;
  private long reserved;

  /**
   * @param spool that limits how much is written; null: without limit
   */
  SpoolFile(FileChannel file, @Nullable Spool spool) {
    this.file = file;
    this.spool = spool;
  }

  private FileChannel channel() throws IOException {
    FileChannel open = file;
    if (open == null) {
      throw new ClosedChannelException();
    }
    return open;
  }

  @Override
  public int read(ByteBuffer into, long from) throws IOException {
    return channel().read(into, from);
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    if (spool != null) {
      spool.reserve(bytes.remaining());
      reserved += bytes.remaining();
    }
    FileChannel channel = channel();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel closing = file;
    if (closing == null) {
      return;
    }
    file = null;
    if (spool != null) {
      spool.release(reserved);
    }
    closing.close();
  }
}
