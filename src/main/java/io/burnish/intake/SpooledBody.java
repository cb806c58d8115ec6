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
 * A request body, or a part of one, on disk; deleted when it is closed. Written once from its start
 * to its end, then read from any offset, by one thread at a time. Reads fail with {@link
 * ClientDisconnectedException} once the client has closed the connection, so that its work ends.
 */
public final class SpooledBody implements AutoCloseable {

  private final @Nullable Spool spool;
  private final ClientConnection client;
  private final @Nullable Part part;
  private final @Nullable Slice slice;
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
    this.slice = null;
  }

  private SpooledBody(Part part, long size, ClientConnection client) {
    this.part = part;
    this.size = size;
    this.client = client;
    this.spool = null;
    this.slice = null;
  }

  private SpooledBody(Slice slice, long size, ClientConnection client) {
    this.slice = slice;
    this.size = size;
    this.client = client;
    this.spool = null;
    this.part = null;
  }

  /**
   * Bytes of another body.
   *
   * @param from offset of the first
   */
  private record Slice(SpooledBody of, long from) {}

  /**
   * Some bytes of this body as a body of their own, which need not be closed: many files in one,
   * because a process may have few open files.
   *
   * @param from offset of the first
   * @param length how many; they must be written
   */
  SpooledBody slice(long from, long length) {
    return new SpooledBody(new Slice(this, from), length, client);
  }

  /**
   * A part that the form reader writes and deletes.
   *
   * @param open the part of the same body that is open
   */
  private record Part(Path path, OpenPart open) {}

  /**
   * A part that the form reader wrote to a file. It is opened when it is read, and closed when
   * another part of the same body is read: a body may have more parts than a process may have open
   * files.
   *
   * @param path of the file, which the form reader deletes
   * @param size in bytes
   * @param open the same for all parts of a body
   */
  public static SpooledBody part(Path path, long size, OpenPart open, ClientConnection client) {
    return new SpooledBody(new Part(path, open), size, client);
  }

  /** The one part of a body that is open. Not thread-safe. */
  public static final class OpenPart implements AutoCloseable {
    private @Nullable SpooledBody open;

    private FileChannel switchTo(SpooledBody next, Path path) throws IOException {
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
   * Appends bytes.
   *
   * @throws InsufficientStorageException when they can't be written
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
      open = part.open().switchTo(this, part.path());
      file = open;
    }
    if (open == null) {
      throw new ClosedChannelException();
    }
    return open;
  }

  /** Size in bytes. */
  public long size() {
    return size;
  }

  /** SHA-256 in hexadecimal digits. Reads the whole body the first time. */
  public String sha256() {
    if (sha256 == null) {
      sha256 = sha256(stream(0));
    }
    return sha256;
  }

  /** Bytes from an offset on; fewer than {@code length} at the end. */
  byte[] bytes(long from, int length) {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(length, size - from))];
    read(ByteBuffer.wrap(bytes), from);
    return bytes;
  }

  /**
   * Fills the buffer from an offset on, up to the end of the file.
   *
   * @return number of bytes read; -1 at the end
   * @throws ClientDisconnectedException when the client has closed the connection
   */
  int read(ByteBuffer buffer, long from) {
    if (slice != null) {
      return readSlice(slice, buffer, from);
    }
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
      throw new UncheckedIOException("cannot read a request body from the spool directory", e);
    }
  }

  private int readSlice(Slice bytes, ByteBuffer buffer, long from) {
    long left = size - from;
    if (left <= 0) {
      return -1;
    }
    ByteBuffer within = buffer.slice();
    within.limit((int) Math.min(within.limit(), left));
    int read = bytes.of().read(within, bytes.from() + from);
    buffer.position(buffer.position() + Math.max(0, read));
    return read;
  }

  /** The bytes from an offset on. The stream need not be closed. */
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
      throw new UncheckedIOException("cannot delete a request body from the spool directory", e);
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
