package io.burnish.completion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Gathers what many threads want written, and writes it in as few statements as the database's pace
 * allows: whatever came while one batch was being written is the next. Thread-safe.
 *
 * <p>Nobody waits for a batch to fill, but where many come at once: then a batch waits a few
 * milliseconds for more, for a statement costs nearly the same for one as for sixteen (a tenth of
 * all that a call costs was saved so, docs/benchmarks.md).
 *
 * @param <T> what is written
 */
final class GroupCommit<T> implements Runnable {

  /** Where no more come at once, to wait for others would only make them slow. */
  private static final int FEW = 4;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition enough = lock.newCondition();
  private final Gathering gathering;
  private final int largest;
  private final Consumer<List<T>> write;
  private final Runnable alive;

  // Under the lock.
  private final List<Entry<T>> waiting = new ArrayList<>();
  private int wanted = 1;
  private boolean closed;
  private boolean over;

  /**
   * A writer; {@link #run} is its loop.
   *
   * @param gathering what a batch waits for where many come at once
   * @param largest most entries in one batch
   * @param write writes a batch, or throws: then each value list is written by itself, and only
   *     those that fail are told
   * @param alive is told at each turn, at least twice a minute while there is nothing to write
   */
  GroupCommit(Gathering gathering, int largest, Consumer<List<T>> write, Runnable alive) {
    this.alive = alive;
    this.gathering = gathering;
    this.largest = largest;
    this.write = write;
  }

  /**
   * Until when a batch waits.
   *
   * @param entries there are so many of
   * @param atMost or so long
   */
  record Gathering(int entries, Duration atMost) {}

  private record Entry<T>(List<T> values, CompletableFuture<Void> written) {}

  /**
   * Hands values over; they are written in one batch. The future ends when they are, or with the
   * reason why not: {@link IllegalStateException} when the loop has ended.
   */
  CompletableFuture<Void> add(List<T> values) {
    Entry<T> entry = new Entry<>(values, new CompletableFuture<>());
    if (!isTaken(entry)) {
      turnAway(entry);
    }
    return entry.written();
  }

  private boolean isTaken(Entry<T> entry) {
    lock.lock();
    try {
      if (!over) {
        waiting.add(entry);
        if (waiting.size() >= wanted) {
          enough.signal();
        }
      }
      return !over;
    } finally {
      lock.unlock();
    }
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
      int before = 0;
      List<Entry<T>> batch = take(before);
      while (!batch.isEmpty()) {
        before = batch.size();
        flush(batch);
        batch = take(before);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** The next batch; empty when this was closed and nothing is left. */
  private List<Entry<T>> take(int before) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed) {
        alive.run();
        enough.awaitNanos(LONGEST_WAIT.toNanos());
      }
      if (before > FEW) {
        gather();
      }
      List<Entry<T>> next = waiting.subList(0, Math.min(waiting.size(), largest));
      List<Entry<T>> batch = List.copyOf(next);
      next.clear();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Woken once, not for each that comes. */
  private void gather() throws InterruptedException {
    wanted = gathering.entries();
    try {
      long left = gathering.atMost().toNanos();
      while (waiting.size() < wanted && !closed && left > 0) {
        left = enough.awaitNanos(left);
      }
    } finally {
      wanted = 1;
    }
  }

  /** Nobody writes any more: whoever comes too late must not wait for ever. */
  private void end() {
    List<Entry<T>> late;
    lock.lock();
    try {
      over = true;
      late = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    late.forEach(GroupCommit::turnAway);
  }

  private static void turnAway(Entry<?> late) {
    late.written().completeExceptionally(new IllegalStateException("the writer has stopped"));
  }

  private void flush(List<Entry<T>> batch) {
    try {
      write.accept(batch.stream().flatMap(entry -> entry.values().stream()).toList());
      batch.forEach(entry -> entry.written().complete(null));
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.get(0).written().completeExceptionally(e);
      } else {
        // One of them can't be written; the others must not suffer for it.
        batch.forEach(entry -> flush(List.of(entry)));
      }
    }
  }

  /** Ends the loop once all that was handed over is written. */
  void close() {
    lock.lock();
    try {
      closed = true;
      enough.signal();
    } finally {
      lock.unlock();
    }
  }
}
