package io.burnish.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8: overlong forms, surrogates and what lies above U+10FFFF are errors, never replaced.
 * Decodes a block at a time, and knows where in the bytes the last two blocks begin, so that a text
 * can be read again from a character near its position. Not thread-safe.
 */
final class Utf8Reader extends Reader {

  private static final int BLOCK = 32 * 1024;

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).flip();
  private final CharBuffer block = CharBuffer.allocate(BLOCK).flip();

  private long bytesRead;
  private boolean ended;
  private Start current;
  private Start previous;

  /**
   * Where a block begins.
   *
   * @param bytes offset in the source
   * @param characters offset in the text, in UTF-16 units
   */
  record Start(long bytes, long characters) {}

  /** The bytes are not UTF-8; everything before them was read. */
  static final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    NotUtf8Exception() {
      super("not UTF-8");
    }
  }

  Utf8Reader(InputStream in, Start start) {
    this.in = in;
    this.bytesRead = start.bytes();
    this.current = start;
    this.previous = start;
  }

  /** The last known beginning of a block that is not after a character; the earliest otherwise. */
  Start before(long characters) {
    return characters >= current.characters() ? current : previous;
  }

  /** How many characters were read so far, from the beginning of the source. */
  long position() {
    return current.characters() + block.position();
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!block.hasRemaining() && !fill()) {
      return -1;
    }
    int read = Math.min(length, block.remaining());
    block.get(into, from, read);
    return read;
  }

  private boolean fill() throws IOException {
    Start next = new Start(bytesRead - bytes.remaining(), current.characters() + block.limit());
    previous = current;
    current = next;
    block.clear();
    while (block.position() == 0) {
      CoderResult result = decoder.decode(bytes, block, ended);
      if (result.isError() && block.position() == 0) {
        block.flip();
        throw new NotUtf8Exception();
      }
      if (block.position() > 0) {
        break;
      }
      if (ended) {
        block.flip();
        return false;
      }
      bytes.compact();
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytesRead += Math.max(read, 0);
      bytes.position(bytes.position() + Math.max(read, 0)).flip();
    }
    block.flip();
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
