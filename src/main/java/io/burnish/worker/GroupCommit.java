package io.burnish.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gathers what many threads want written, and writes it in as few statements as the database's pace
 * allows: whatever came while one batch was being written is the next. Thread-safe.
 *
 * <p>Nobody waits for a batch to fill, but where many come at once: then a batch waits a few
 * milliseconds for a quarter of those that can come, for a statement costs nearly the same for one
 * as for sixteen (a tenth of all that a call costs was saved so, docs/benchmarks.md).
 *
 * @param <T> what is written
 */
final class GroupCommit<T> implements Runnable {

  /** Where no more come at once, to wait for others would only make them slow. */
  private static final int FEW = 4;

  private static final Duration GATHERING = Duration.ofMillis(5);

  private final BlockingQueue<Entry<T>> waiting = new LinkedBlockingQueue<>();
  private final int threads;
  private final int largest;
  private final Consumer<List<T>> write;
  private volatile boolean closed;
  private volatile boolean over;

  /**
   * A writer; {@link #run} is its loop.
   *
   * @param threads that can hand something over at once
   * @param largest most entries in one batch
   * @param write writes a batch, or throws: then each of the batch is told
   */
  GroupCommit(int threads, int largest, Consumer<List<T>> write) {
    this.threads = threads;
    this.largest = largest;
    this.write = write;
  }

  private record Entry<T>(List<T> values, CompletableFuture<Void> written) {}

  /**
   * Hands values over; they are written in one batch. The future ends when they are, or with the
   * reason why not: {@link IllegalStateException} when the loop has ended.
   */
  CompletableFuture<Void> add(List<T> values) {
    Entry<T> entry = new Entry<>(values, new CompletableFuture<>());
    waiting.add(entry);
    if (over) {
      turnAway();
    }
    return entry.written();
  }

  /**
   * Hands values over and waits until they are written.
   *
   * @throws RuntimeException what the writing threw
   */
  void write(List<T> values) {
    try {
      add(values).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void run() {
    try {
      writeUntilClosed();
    } finally {
      over = true;
      turnAway();
    }
  }

  /** Nobody writes any more: whoever comes too late must not wait for ever. */
  private void turnAway() {
    List<Entry<T>> late = new ArrayList<>();
    waiting.drainTo(late);
    turnAway(late);
  }

  private void turnAway(List<Entry<T>> late) {
    late.forEach(
        entry ->
            entry
                .written()
                .completeExceptionally(new IllegalStateException("the writer has stopped")));
  }

  private void writeUntilClosed() {
    List<Entry<T>> batch = new ArrayList<>();
    int before = 0;
    while (!closed || !waiting.isEmpty()) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, largest - 1);
        if (before > FEW) {
          gather(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        turnAway(batch);
        return;
      }
      before = batch.size();
      flush(batch.stream().filter(entry -> !entry.values().isEmpty()).toList());
      batch.clear();
    }
  }

  private void gather(List<Entry<T>> batch) throws InterruptedException {
    long until = System.nanoTime() + GATHERING.toNanos();
    while (batch.size() < threads / 4 && !closed) {
      Entry<T> next = waiting.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void flush(List<Entry<T>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      write.accept(batch.stream().flatMap(entry -> entry.values().stream()).toList());
      batch.forEach(entry -> entry.written().complete(null));
    } catch (RuntimeException e) {
      batch.forEach(entry -> entry.written().completeExceptionally(e));
    }
  }

  /** Ends the loop once all that was handed over is written. */
  void close() {
    closed = true;
    add(List.of());
  }
}
