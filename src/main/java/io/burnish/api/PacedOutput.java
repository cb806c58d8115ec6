package io.burnish.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Knows how fast what is written is taken. Written by one thread; another may ask how fast it goes.
 */
final class PacedOutput extends FilterOutputStream {

  private volatile long written;
  private volatile boolean waiting;
  private @Nullable Thread writer;
  private long writtenBefore;
  private boolean waitedBefore;

  PacedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    begin();
    try {
      out.write(bytes, from, length);
    } finally {
      end();
    }
    count(length);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void flush() throws IOException {
    begin();
    try {
      out.flush();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    writer = Thread.currentThread();
    waiting = true;
  }

  private synchronized void end() {
    waiting = false;
  }

  /** Ends the wait of the writer, if it waits: its write fails. */
  synchronized void abort() {
    if (waiting && writer != null) {
      writer.interrupt();
    }
  }

  private void count(int length) {
    written += length;
  }

  /**
   * Whether fewer bytes were taken since this was asked before, and the writer waited for the
   * client at both times: one that waits for the database is not slow. Asked by one thread.
   */
  boolean isSlowerThan(long least) {
    long now = written;
    boolean slow = waiting && waitedBefore && now - writtenBefore < least;
    writtenBefore = now;
    waitedBefore = waiting;
    return slow;
  }
}
