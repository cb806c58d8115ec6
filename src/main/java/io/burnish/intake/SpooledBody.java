package io.burnish.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A body, or a part of one, on disk; gone when it is closed. Written once from its beginning to its
 * end, then read from any place, by one thread at a time. Each read ends with {@link
 * BrokenOffException} when the client is gone, so that the work for it ends.
 */
public final class SpooledBody implements AutoCloseable {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final int BUFFER = 64 * 1024;

  private final @Nullable Spool spool;
  private final ClientConnection client;
  private final @Nullable Part part;
  private volatile @Nullable FileChannel file;
  private @Nullable String sha256;
  private long size;

  SpooledBody(FileChannel file) {
    this(file, null, new ClientConnection());
  }

  SpooledBody(FileChannel file, @Nullable Spool spool, ClientConnection client) {
    this.file = file;
    this.spool = spool;
    this.client = client;
    this.part = null;
  }

  private SpooledBody(Part part, long size, ClientConnection client) {
    this.part = part;
    this.size = size;
    this.client = client;
    this.spool = null;
  }

  /**
   * A part that the form reader wrote, and removes.
   *
   * @param open of all parts of the body, the one that is open
   */
  private record Part(Path path, OpenPart open) {}

  /**
   * A part that the form reader wrote to a file of its own. It is opened when it is read, and
   * closed when another part of the same body is: a body may have more parts than a process may
   * have open files.
   *
   * @param path of the file; its maker removes it
   * @param size in bytes
   * @param open the same for all parts of a body
   */
  public static SpooledBody part(Path path, long size, OpenPart open, ClientConnection client) {
    return new SpooledBody(new Part(path, open), size, client);
  }

  /** The one part of a body that is open. Not thread-safe. */
  public static final class OpenPart implements AutoCloseable {
    private @Nullable SpooledBody open;

    private FileChannel insteadOf(SpooledBody next, Path path) throws IOException {
      close();
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      open = next;
      return channel;
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }

  /**
   * Adds to the end.
   *
   * @throws InsufficientStorageException when the disk does not take it
   */
  public void write(ByteBuffer bytes) {
    if (spool != null) {
      spool.reserve(bytes.remaining());
    }
    size += bytes.remaining();
    try {
      FileChannel channel = channel();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new InsufficientStorageException(e);
    }
  }

  private FileChannel channel() throws IOException {
    client.requireConnected();
    FileChannel open = file;
    if (open == null && part != null) {
      open = part.open().insteadOf(this, part.path());
      file = open;
    }
    if (open == null) {
      throw new ClosedChannelException();
    }
    return open;
  }

  /** How much was written, in bytes. */
  public long size() {
    return size;
  }

  /** SHA-256 of what was written, in hexadecimal digits. Reads all of it the first time. */
  public String sha256() {
    if (sha256 == null) {
      sha256 = sha256(stream(0));
    }
    return sha256;
  }

  /** Where the text begins: after a byte order mark, should there be one. */
  long start() {
    byte[] beginning = bytes(0, BYTE_ORDER_MARK.length);
    return java.util.Arrays.equals(beginning, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  /** The bytes from a place on; fewer than asked for at the end. */
  byte[] bytes(long from, int length) {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(length, size - from))];
    read(ByteBuffer.wrap(bytes), from);
    return bytes;
  }

  /**
   * Fills the buffer from a place on, as far as the file goes.
   *
   * @return how many bytes were read; -1 at the end
   * @throws ClientDisconnectedException when the client is gone
   */
  int read(ByteBuffer buffer, long from) {
    int total = 0;
    try {
      FileChannel channel = channel();
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, from + total);
        if (read < 0) {
          return total == 0 ? -1 : total;
        }
        total += read;
      }
      return total;
    } catch (IOException e) {
      client.requireConnected();
      throw new UncheckedIOException("a body could not be read from disk again", e);
    }
  }

  /** What stands from a place on. The stream need not be closed. */
  public InputStream stream(long from) {
    return new InputStream() {
      private long at = from;

      @Override
      public int read(byte[] into, int offset, int length) {
        int read = SpooledBody.this.read(ByteBuffer.wrap(into, offset, length), at);
        at += Math.max(read, 0);
        return read;
      }

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }
    };
  }

  @Override
  public void close() {
    FileChannel closing = file;
    if (closing == null) {
      return;
    }
    file = null;
    if (spool != null) {
      spool.release(size);
    }
    try {
      closing.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a body could not be removed from disk", e);
    }
  }

  private static String sha256(InputStream body) {
    try {
      return DigestUtils.sha256Hex(body);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a request body from the spool directory", e);
    }
  }
}
