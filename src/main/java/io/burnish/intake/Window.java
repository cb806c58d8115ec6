package io.burnish.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A piece of a spooled text in memory, which follows its reader: cutting out one record after the
 * other would otherwise cost a look at the disk each. Not thread-safe.
 */
final class Window {

  private static final int SIZE = 256 * 1024;

  private final Spooled source;
  private final byte[] bytes = new byte[SIZE];
  private long from;
  private int length;

  Window(Spooled source) {
    this.source = source;
  }

  /**
   * The text between two places, the second excluded; they must not be further apart than an int.
   */
  String text(long start, long end) {
    int wanted = Math.toIntExact(end - start);
    if (wanted > SIZE) {
      return new String(source.bytes(start, wanted), StandardCharsets.UTF_8);
    }
    if (start < from || end > from + length) {
      from = start;
      length = Math.max(0, source.read(ByteBuffer.wrap(bytes), start));
    }
    return new String(bytes, (int) (start - from), wanted, StandardCharsets.UTF_8);
  }
}
