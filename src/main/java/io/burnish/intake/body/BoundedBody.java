package io.burnish.intake.body;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a request body, unpacked and counted. A body that is too large, malformed gzip, and
 * a connection that ends are told apart by the exception. Need not be closed. Not thread-safe.
 */
public final class BoundedBody extends InputStream {

  private static final int UNPACK_BUFFER = 16 * 1024;

  private final InputStream unpacked;
  private final long limit;
  private long taken;

  private BoundedBody(InputStream unpacked, long limit) {
    this.unpacked = unpacked;
    this.limit = limit;
  }

  /**
   * A body that is not packed.
   *
   * @param limit most bytes of the body
   */
  public static BoundedBody plain(InputStream body, long limit) {
    return new BoundedBody(new Connection(body), limit);
  }

  /**
   * A body that is packed with gzip.
   *
   * @param limit most bytes of the body when it is unpacked
   * @throws MalformedBodyException when it does not begin as gzip does
   */
  public static BoundedBody gzipped(InputStream body, long limit) {
    return translated(
        () -> new BoundedBody(new GZIPInputStream(new Connection(body), UNPACK_BUFFER), limit));
  }

  /**
   * {@inheritDoc}
   *
   * @throws TooLargeException when the body has more bytes than its limit
   * @throws MalformedBodyException when the gzip is malformed
   * @throws ClientDisconnectedException when the connection ends before the body
   */
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
      throw new MalformedBodyException("the gzip ends too early. Was it cut off?", 0, 0);
    } catch (IOException e) {
      throw new ClientDisconnectedException(e);
    }
  }

  /** Tells failures of the connection from failures of the gzip. */
  private static final class Connection extends FilterInputStream {

    Connection(InputStream body) {
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

    /** Over 0: GZIPInputStream looks for a further gzip member only if more bytes are available. */
    @Override
    public int available() {
      return 1;
    }
  }
}
