package io.burnish.api.body;

import io.burnish.api.problem.WrongMultipartException;
import io.burnish.intake.body.Spool;
import io.burnish.intake.body.TooLargeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A multipart body on its way to the form reader. Limits what the reader does not: the headers of a
 * part, which it keeps in memory, and the number of parts, which it checks only when all are on
 * disk. Finds the delimiters of RFC 2046, and reserves the space that the reader takes on disk. Not
 * thread-safe.
 */
final class PartLimits extends InputStream {

  /** In bytes, for one part; usual are some 200. */
  private static final int MAX_HEADERS = 16 * 1024;

  private static final int BUFFER = 64 * 1024;

  private enum Place {
    CONTENT,
    AFTER_DELIMITER,
    HEADERS,
    EPILOGUE
  }

  private final InputStream body;
  private final byte[] delimiter;
  private final Spool spool;
  private long reserved;
  private Place place = Place.CONTENT;

  /** Matched bytes of the delimiter; the first delimiter needs no line end before it. */
  private int matched = 2;

  private byte last;
  private int headers;
  private int line;
  private int parts;

  PartLimits(InputStream body, String boundary, Spool spool) {
    this.body = new BufferedInputStream(body, BUFFER);
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.spool = spool;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = body.read(into, offset, length);
    if (read > 0) {
      spool.reserve(read);
      reserved += read;
      for (int i = offset; i < offset + read; i++) {
        see(into[i]);
      }
    }
    return read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private void see(byte next) {
    switch (place) {
      case CONTENT -> content(next);
      case AFTER_DELIMITER -> afterDelimiter(next);
      case HEADERS -> header(next);
      case EPILOGUE -> {}
    }
    last = next;
  }

  /** The delimiter has a carriage return only at its beginning. */
  private void content(byte next) {
    if (next == delimiter[matched]) {
      matched++;
    } else {
      matched = next == delimiter[0] ? 1 : 0;
    }
    if (matched == delimiter.length) {
      matched = 0;
      place = Place.AFTER_DELIMITER;
    }
  }

  private void afterDelimiter(byte next) {
    if (next == '-' && last == '-') {
      place = Place.EPILOGUE;
    } else if (next == '\n' && last == '\r') {
      begin();
    }
  }

  private void begin() {
    place = Place.HEADERS;
    headers = 0;
    line = 0;
    parts++;
    if (parts > spool.maxFiles()) {
      throw TooLargeException.ofParts(spool.maxFiles());
    }
  }

  private void header(byte next) {
    headers++;
    if (headers > MAX_HEADERS) {
      throw new WrongMultipartException(
          "the headers of a part may have %,d bytes at most".formatted(MAX_HEADERS));
    }
    if (next != '\n') {
      line += next == '\r' ? 0 : 1;
    } else if (line == 0) {
      place = Place.CONTENT;
    } else {
      line = 0;
    }
  }

  /** The form reader removes the parts. */
  @Override
  public void close() {
    spool.release(reserved);
    reserved = 0;
  }
}
