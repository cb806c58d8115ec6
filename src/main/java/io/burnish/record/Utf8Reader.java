package io.burnish.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8: overlong forms, surrogates and what lies above U+10FFFF are errors, never replaced.
 * Decodes a block at a time and keeps the last two, so that it can tell the byte at which a
 * character near its position begins. Not thread-safe.
 */
final class Utf8Reader extends Reader {

  private static final int BLOCK = 32 * 1024;

  private final InputStream in;

  /** Reports errors; that is a decoder's default. */
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).flip();
  private long bytesRead;
  private boolean ended;
  private Block current;
  private Block previous;

  /**
   * Some characters of the text.
   *
   * @param bytes offset of the byte at which the first begins
   * @param start offset of the first in the text, in UTF-16 units
   */
  private record Block(CharBuffer characters, long bytes, long start) {}

  /** The bytes are not UTF-8; everything before them was read. */
  static final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    NotUtf8Exception() {
      super("not UTF-8");
    }
  }

  /**
   * @param in the bytes from {@code start} on
   * @param start offset of the first byte in the source
   */
  Utf8Reader(InputStream in, long start) {
    this.in = in;
    this.bytesRead = start;
    this.current = new Block(CharBuffer.allocate(BLOCK).flip(), start, 0);
    this.previous = new Block(CharBuffer.allocate(BLOCK).flip(), start, 0);
  }

  /** How many UTF-16 units were read so far. */
  long position() {
    return current.start() + current.characters().position();
  }

  /**
   * Offset of the byte at which a character begins.
   *
   * @param at offset of the character, in UTF-16 units; at most {@value #BLOCK} before the end of
   *     what was decoded
   */
  long byteOffset(long at) {
    Block block = at >= current.start() ? current : previous;
    char[] characters = block.characters().array();
    long offset = block.bytes();
    for (int i = 0; i < at - block.start(); i++) {
      char c = characters[i];
      offset += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return offset;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!current.characters().hasRemaining() && !fill()) {
      return -1;
    }
    int read = Math.min(length, current.characters().remaining());
    current.characters().get(into, from, read);
    return read;
  }

  private boolean fill() throws IOException {
    CharBuffer block = previous.characters().clear();
    previous = current;
    current =
        new Block(
            block, bytesRead - bytes.remaining(), previous.start() + previous.characters().limit());
    boolean filled = decode(block);
    block.flip();
    return filled;
  }

  private boolean decode(CharBuffer block) throws IOException {
    while (true) {
      CoderResult result = decoder.decode(bytes, block, ended);
      if (block.position() > 0) {
        return true;
      }
      if (result.isError()) {
        block.flip();
        throw new NotUtf8Exception();
      }
      if (ended) {
        return false;
      }
      bytes.compact();
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytesRead += Math.max(read, 0);
      bytes.position(bytes.position() + Math.max(read, 0)).flip();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
