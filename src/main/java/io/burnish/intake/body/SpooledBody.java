package io.burnish.intake.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A request body, or a part of one, on disk; deleted when it is closed. Written once from its start
 * to its end, then read from any offset, by one thread at a time. Reads fail with {@link
 * ClientDisconnectedException} once the client has closed the connection, so that its work ends.
 */
public final class SpooledBody implements AutoCloseable {

  private final BodyBytes bytes;
  private final ClientConnection client;
  private @Nullable String sha256;
  private long size;

  /** A body that is a file of its own, such as in a data directory. */
  public SpooledBody(FileChannel file) {
    this(new SpoolFile(file, null), 0, new ClientConnection());
  }

  /** A body that a client sends, spooled to a file. */
  public SpooledBody(FileChannel file, Spool spool, ClientConnection client) {
    this(new SpoolFile(file, spool), 0, client);
  }

  private SpooledBody(BodyBytes bytes, long size, ClientConnection client) {
    this.bytes = bytes;
    this.size = size;
    this.client = client;
  }

  /**
   * Some bytes of this body as a body of their own, which need not be closed: many files in one,
   * because a process may have few open files.
   *
   * @param from offset of the first
   * @param length how many; they must be written
   */
  public SpooledBody slice(long from, long length) {
    return new SpooledBody(new BodySlice(this, from, length), length, client);
  }

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
    return new SpooledBody(new PartFile(path, open), size, client);
  }

  /** The one part of a body that is open. Not thread-safe. */
  public static final class OpenPart implements AutoCloseable {
    private @Nullable PartFile open;

    /** Closes the part that is open. */
    void switchTo(PartFile next) {
      close();
      open = next;
    }

    @Override
    public void close() {
      PartFile closing = open;
      open = null;
      if (closing != null) {
        SpooledBody.close(closing);
      }
    }
  }

  /**
   * Appends bytes.
   *
   * @throws InsufficientStorageException when they can't be written
   */
  public void write(ByteBuffer added) {
    client.requireConnected();
    int length = added.remaining();
    try {
      bytes.append(added);
    } catch (IOException e) {
      throw new InsufficientStorageException(e);
    }
    size += length;
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
  public byte[] bytes(long from, int length) {
    byte[] read = new byte[(int) Math.max(0, Math.min(length, size - from))];
    read(ByteBuffer.wrap(read), from);
    return read;
  }

  /**
   * Fills the buffer from an offset on, up to the end of the file.
   *
   * @return number of bytes read; -1 at the end
   * @throws ClientDisconnectedException when the client has closed the connection
   */
  int read(ByteBuffer buffer, long from) {
    client.requireConnected();
    int total = 0;
    try {
      while (buffer.hasRemaining()) {
        int read = bytes.read(buffer, from + total);
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
    close(bytes);
  }

  private static void close(BodyBytes closing) {
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
