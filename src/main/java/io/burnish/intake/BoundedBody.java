package io.burnish.intake;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A request body on its way in: unpacked, bounded, and with the three ways in which it can go wrong
 * told apart. Not thread-safe.
 */
public final class BoundedBody {

  private static final int UNPACK_BUFFER = 16 * 1024;

  private final InputStream unpacked;
  private final long limit;
  private long taken;

  private BoundedBody(InputStream unpacked, long limit) {
    this.unpacked = unpacked;
    this.limit = limit;
  }

  /**
   * A body as it was sent.
   *
   * @param limit of the body, in bytes
   */
  public static BoundedBody plain(InputStream body, long limit) {
    return new BoundedBody(new Wire(body), limit);
  }

  /**
   * A body that was packed with gzip.
   *
   * @param limit of what comes out of it, in bytes
   * @throws MalformedBodyException when it does not begin as gzip does
   */
  public static BoundedBody gzipped(InputStream body, long limit) {
    return translated(
        () -> new BoundedBody(new GZIPInputStream(new Wire(body), UNPACK_BUFFER), limit));
  }

  /**
   * Reads on.
   *
   * @return how many bytes were put at the beginning of the buffer; -1 at the end
   * @throws TooLargeException when more has come than is allowed
   * @throws MalformedBodyException when the packing is broken
   * @throws ClientDisconnectedException when the client is gone
   */
  public int read(byte[] buffer) {
    int read = translated(() -> unpacked.read(buffer, 0, buffer.length));
    count(read);
    return read;
  }

  /** The same as a stream, whose reads fail as {@link #read} does. It need not be closed. */
  public InputStream stream() {
    return new InputStream() {
      @Override
      public int read(byte[] into, int offset, int length) {
        int read = translated(() -> unpacked.read(into, offset, length));
        count(read);
        return read;
      }

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }
    };
  }

  private void count(int read) {
    taken += Math.max(read, 0);
    if (taken > limit) {
      throw TooLargeException.ofBody(limit);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T translated(Reading<T> reading) {
    try {
      return reading.read();
    } catch (ZipException e) {
      throw new MalformedBodyException(
          "the body is not the gzip that Content-Encoding says it is", 0, 0);
    } catch (EOFException e) {
      throw new MalformedBodyException("the gzip ends too early: was it cut off?", 0, 0);
    } catch (IOException e) {
      throw new ClientDisconnectedException(e);
    }
  }

  /** Tells failures of the connection from those of what was sent over it. */
  private static final class Wire extends FilterInputStream {

    Wire(InputStream body) {
      super(body);
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
      try {
        return super.read(buffer, from, length);
      } catch (IOException e) {
        throw new ClientDisconnectedException(e);
      }
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** More may always come: a gzip of several members is read to its last only if so. */
    @Override
    public int available() {
      return 1;
    }
  }
}
