package io.burnish.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A body, or a part of one, laid down on disk; gone when it is closed. Written once from its
 * beginning to its end, then read from any place, by one thread at a time.
 */
public final class Spooled implements AutoCloseable {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final FileChannel file;
  private final MessageDigest digest = sha256Digest();
  private long size;

  Spooled(FileChannel file) {
    this.file = file;
  }

  /**
   * Adds to the end.
   *
   * @throws NoRoomException when the disk does not take it
   */
  public void write(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
    size += bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new NoRoomException(e);
    }
  }

  /** How much was written, in bytes. */
  public long size() {
    return size;
  }

  /** SHA-256 of what was written, in hexadecimal digits; ask once, when all is written. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
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
   */
  int read(ByteBuffer buffer, long from) {
    int total = 0;
    try {
      while (buffer.hasRemaining()) {
        int read = file.read(buffer, from + total);
        if (read < 0) {
          return total == 0 ? -1 : total;
        }
        total += read;
      }
      return total;
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was laid down could not be read again", e);
    }
  }

  /** What stands from a place on. The stream need not be closed. */
  InputStream stream(long from) {
    return new InputStream() {
      private long at = from;

      @Override
      public int read(byte[] into, int offset, int length) {
        int read = Spooled.this.read(ByteBuffer.wrap(into, offset, length), at);
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
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was laid down could not be removed", e);
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
