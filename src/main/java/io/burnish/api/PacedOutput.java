package io.burnish.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The output of a download. Measures how fast the client reads, and limits how many downloads are
 * computed at the same time: the writer holds a turn while it computes and sends, but not while it
 * waits for its client. Written by one thread; another may ask how fast it goes.
 */
final class PacedOutput extends FilterOutputStream {

  /**
   * In bytes; less than the buffer of the response, so that a piece that finds room in the write
   * queue never waits. Source: quarkus.rest.output-buffer-size, 8191 bytes, Quarkus 3.33.
   */
  private static final int PIECE = 4 * 1024;

  private final BooleanSupplier queueFull;
  private final Semaphore turns;

  private volatile long written;
  private volatile boolean waiting;
  private @Nullable Thread writer;
  private long writtenBefore;
  private boolean waitedBefore;

  /**
   * Begins with a turn, for which it may wait; {@link #giveBack()} ends it.
   *
   * @param queueFull whether the next write waits for the client
   * @param turns one for each download that may be computed at the same time
   */
  PacedOutput(OutputStream out, BooleanSupplier queueFull, Semaphore turns) {
    super(out);
    this.queueFull = queueFull;
    this.turns = turns;
    turns.acquireUninterruptibly();
  }

  /** Gives the turn back. */
  void giveBack() {
    turns.release();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int at = 0; at < length; at += PIECE) {
      int piece = Math.min(PIECE, length - at);
      int start = from + at;
      send(() -> out.write(bytes, start, piece));
      count(piece);
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void flush() throws IOException {
    send(out::flush);
  }

  @FunctionalInterface
  private interface Sending {
    void run() throws IOException;
  }

  private void send(Sending sending) throws IOException {
    boolean waits = queueFull.getAsBoolean();
    if (waits) {
      turns.release();
    }
    begin();
    try {
      sending.run();
    } finally {
      end();
      if (waits) {
        turns.acquireUninterruptibly();
      }
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
