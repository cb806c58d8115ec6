package io.burnish.provider.response;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, decompressed and read up to a limit. It is streamed: bytes beyond the
 * limit are never held in memory.
 *
 * <p>Some servers compress a body without being asked, some without a header; gzip is detected by
 * its first two bytes (Source: RFC 1952, RFC 9110 §8.4.1; quarkus issue 26981).
 *
 * @param text decoded as UTF-8; invalid bytes are replaced
 * @param isCut whether the body exceeds the limit
 */
public record ResponseBody(String text, boolean isCut) {

  private static final int CHUNK = 8_192;

  /** The time at which reading stops. */
  @FunctionalInterface
  public interface Deadline {
    boolean isOver();
  }

  /**
   * Reads a body.
   *
   * @param encoding the header {@code Content-Encoding}; null when there is none
   * @param most bytes at most, after decompression
   * @throws InterruptedIOException at the deadline, or when the thread is interrupted
   * @throws IOException when the body ends early, or its encoding is not supported
   */
  public static ResponseBody read(
      InputStream stream, @Nullable String encoding, long most, Deadline deadline)
      throws IOException {
    InputStream unpacked = unpacked(stream, encoding == null ? "" : encoding);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int read = unpacked.read(chunk); read >= 0; read = unpacked.read(chunk)) {
      if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the time is over");
      }
      long left = most - bytes.size();
      bytes.write(chunk, 0, (int) Math.min(left, read));
      if (read > left) {
        return new ResponseBody(bytes.toString(StandardCharsets.UTF_8), true);
      }
    }
    return new ResponseBody(bytes.toString(StandardCharsets.UTF_8), false);
  }

  private static InputStream unpacked(InputStream stream, String encoding) throws IOException {
    PushbackInputStream raw = new PushbackInputStream(stream, 2);
    int first = raw.read();
    int second = first < 0 ? -1 : raw.read();
    if (second >= 0) {
      raw.unread(second);
    }
    if (first < 0) {
      return raw;
    }
    raw.unread(first);
    if (first == 0x1f && second == 0x8b) {
      return new GZIPInputStream(raw, CHUNK);
    }
    String packing = encoding.toLowerCase(Locale.ROOT).strip();
    return switch (packing) {
      // Some servers send deflate without the zlib frame.
      case "deflate" ->
          (first & 0x0f) == 8 && (first * 256 + second) % 31 == 0
              ? new InflaterInputStream(raw)
              : new InflaterInputStream(raw, new Inflater(true));
      case "br", "zstd", "compress" ->
          throw new IOException(
              "the content encoding %s of the response is not supported".formatted(packing));
      default -> raw;
    };
  }
}
