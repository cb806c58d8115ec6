package io.burnish.intake.body;

import java.nio.ByteBuffer;

/**
 * Some bytes of another body, which closes them.
 *
 * @param from offset of the first
 * @param length how many
 */
record BodySlice(SpooledBody of, long from, long length) implements BodyBytes {

  @Override
  public int read(ByteBuffer into, long at) {
    long left = length - at;
    if (left <= 0) {
      return -1;
    }
    ByteBuffer within = into.slice();
    within.limit((int) Math.min(within.limit(), left));
    int read = of.read(within, from + at);
    into.position(into.position() + Math.max(0, read));
    return read;
  }

  @Override
  public void close() {
    // The other body closes its file.
  }
}
