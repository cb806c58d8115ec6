package io.burnish.api.download;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The output of a download. Measures how fast the client reads, and limits how many downloads are
 * computed at the same time: the writer holds a permit while it computes and sends, but not while
 * it waits for the client. One thread writes; another one may measure and abort.
 */
final class PacedOutput extends FilterOutputStream {

  /**
   * In bytes; less than the buffer of the response, so that a chunk that fits into the write queue
   * never waits. Source: quarkus.rest.output-buffer-size, 8191 bytes, Quarkus 3.33.
   */
  private static final int CHUNK = 4 * 1024;

  private final BooleanSupplier queueFull;
  private final Semaphore permits;
  private final LongConsumer sent;

  private volatile long written;
  private volatile boolean waiting;
  private @Nullable Thread writer;
  private long writtenBefore;
  private boolean waitedBefore;

  /**
   * Acquires a permit, for which it may wait; {@link #releasePermit()} releases it.
   *
   * @param queueFull whether the next write waits for the client
   * @param permits one for each download that may be computed at the same time
   * @param sent gets the number of bytes of each part that was sent
   */
  PacedOutput(OutputStream out, BooleanSupplier queueFull, Semaphore permits, LongConsumer sent) {
    super(out);
    this.queueFull = queueFull;
    this.permits = permits;
    this.sent = sent;
    permits.acquireUninterruptibly();
  }

  /** Releases the permit. */
  void releasePermit() {
    permits.release();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int at = 0; at < length; at += CHUNK) {
      int chunk = Math.min(CHUNK, length - at);
      int start = from + at;
      send(() -> out.write(bytes, start, chunk));
      count(chunk);
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
  private interface Write {
    void run() throws IOException;
  }

  private void send(Write write) throws IOException {
    boolean waits = queueFull.getAsBoolean();
    if (waits) {
      permits.release();
    }
    begin();
    try {
      write.run();
    } finally {
      end();
      if (waits) {
        permits.acquireUninterruptibly();
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

  /** Interrupts the writer if it waits: its write fails. */
  synchronized void abort() {
    if (waiting && writer != null) {
      writer.interrupt();
    }
  }

  private void count(int length) {
    written += length;
    sent.accept(length);
  }

  /**
   * Whether fewer bytes were sent since the call before, and the writer waited for the client at
   * both calls: a writer that waits for the database is not slow. Called by one thread.
   */
  boolean isSlowerThan(long least) {
    long now = written;
    boolean slow = waiting && waitedBefore && now - writtenBefore < least;
    writtenBefore = now;
    waitedBefore = waiting;
    return slow;
  }
}
