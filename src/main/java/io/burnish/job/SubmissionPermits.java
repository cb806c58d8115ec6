package io.burnish.job;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who may read and store a job now: {@code burnish.jobs.store-at-once} at the same time, in the
 * order in which they came, and of one Idempotency-Key one at a time. To wait takes neither a
 * thread nor a connection, and a retry under a key does not take a turn while the first try has
 * one. Thread-safe.
 */
@Singleton
public class SubmissionPermits {

  private final JobsConfig config;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Set<String> keys = new HashSet<>();
  private int free;

  SubmissionPermits(JobsConfig config) {
    this.config = config;
    this.free = config.storeAtOnce();
  }

  private record Waiting(@Nullable String key, CompletableFuture<Turn> turn) {}

  /**
   * Asks for a turn.
   *
   * @param key of which only one has a turn at a time; null: none
   * @return completed with the turn, which must be closed; or, after {@code
   *     burnish.jobs.store-patience}, with {@link BusyException}. A cancelled turn is not granted
   */
  public CompletionStage<Turn> take(@Nullable String key) {
    CompletableFuture<Turn> turn = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiting(key, turn));
    }
    next();
    if (!turn.isDone()) {
      giveUpAfter(config.storePatience(), key, turn);
    }
    return turn;
  }

  private void giveUpAfter(Duration patience, @Nullable String key, CompletableFuture<Turn> turn) {
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> turn.completeExceptionally(busy(key)));
  }

  private synchronized BusyException busy(@Nullable String key) {
    return key != null && keys.contains(key)
        ? BusyException.ofKey(key, null)
        : new BusyException(config.storeAtOnce());
  }

  private void next() {
    for (Turn turn = chosen(); turn != null; turn = chosen()) {
      if (!turn.owner.complete(turn)) {
        turn.giveBack();
      }
    }
  }

  /** The first that may go now; those that were cancelled or gave up are dropped. */
  private synchronized @Nullable Turn chosen() {
    Iterator<Waiting> candidates = waiting.iterator();
    while (free > 0 && candidates.hasNext()) {
      Waiting candidate = candidates.next();
      if (candidate.turn().isDone()) {
        candidates.remove();
      } else if (candidate.key() == null || keys.add(candidate.key())) {
        candidates.remove();
        free--;
        return new Turn(candidate.key(), candidate.turn());
      }
    }
    return null;
  }

  /** The right to read and store one job, until it is closed. */
  public final class Turn implements AutoCloseable {

    private final @Nullable String key;
    private final CompletableFuture<Turn> owner;
    private boolean over;

    private Turn(@Nullable String key, CompletableFuture<Turn> owner) {
      this.key = key;
      this.owner = owner;
    }

    /** Gives it back; a second time has no effect. */
    @Override
    public void close() {
      giveBack();
      next();
    }

    private void giveBack() {
      synchronized (SubmissionPermits.this) {
        if (!over) {
          over = true;
          free++;
          if (key != null) {
            keys.remove(key);
          }
        }
      }
    }
  }
}
