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
 * Group commit: gathers entries of many threads and writes them in few statements. Entries that
 * arrive while one batch is written are the next batch. Thread-safe.
 *
 * <p>While many entries arrive at once, a batch lingers some milliseconds for more: a statement
 * costs nearly the same for one entry as for sixteen (this saves a tenth of the cost of a call, see
 * docs/benchmarks.md). Otherwise a batch is written at once.
 *
 * @param <T> what is written
 */
final class GroupCommit<T> implements Runnable {

  /** After a batch of no more entries than this, the next does not linger. */
  private static final int FEW = 4;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition enough = lock.newCondition();
  private final Linger linger;
  private final int largest;
  private final Consumer<List<T>> write;
  private final Runnable reportAlive;

  // Under the lock.
  private final List<Entry<T>> waiting = new ArrayList<>();
  private int wanted = 1;
  private boolean closed;
  private boolean over;

  /**
   * A writer; {@link #run} is its loop.
   *
   * @param linger how long a batch waits for more while many entries arrive
   * @param largest most entries in one batch
   * @param write writes a batch, or throws; then each list of values is written by itself, and only
   *     those that fail are completed exceptionally
   * @param reportAlive is run at each turn, at least twice a minute while there is nothing to write
   */
  GroupCommit(Linger linger, int largest, Consumer<List<T>> write, Runnable reportAlive) {
    this.reportAlive = reportAlive;
    this.linger = linger;
    this.largest = largest;
    this.write = write;
  }

  /**
   * How long a batch waits for more.
   *
   * @param entries until there are so many
   * @param atMost or for so long
   */
  record Linger(int entries, Duration atMost) {}

  private record Entry<T>(List<T> values, CompletableFuture<Void> written) {}

  /**
   * Queues values, to be written in one batch. The future ends when they are written, or with the
   * reason why not: {@link IllegalStateException} when the loop has ended.
   */
  CompletableFuture<Void> add(List<T> values) {
    Entry<T> entry = new Entry<>(values, new CompletableFuture<>());
    if (!isQueued(entry)) {
      reject(entry);
    }
    return entry.written();
  }

  private boolean isQueued(Entry<T> entry) {
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
   * Queues values and blocks until they are written.
   *
   * @throws RuntimeException what {@code write} threw
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
        reportAlive.run();
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

  /** Wakes once, when there are enough, and not for each entry. */
  private void gather() throws InterruptedException {
    wanted = linger.entries();
    try {
      long left = linger.atMost().toNanos();
      while (waiting.size() < wanted && !closed && left > 0) {
        left = enough.awaitNanos(left);
      }
    } finally {
      wanted = 1;
    }
  }

  /** The loop has ended: entries that are left must not wait for ever. */
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
    late.forEach(GroupCommit::reject);
  }

  private static void reject(Entry<?> late) {
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
        // One of them cannot be written; the others must not fail with it.
        batch.forEach(entry -> flush(List.of(entry)));
      }
    }
  }

  /** Ends the loop once all that was queued is written. */
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
