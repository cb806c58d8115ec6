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
 * thread nor a connection, and a retry under a key does not take a permit while the first try has
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

  private record Waiting(@Nullable String key, CompletableFuture<Permit> permit) {}

  /**
   * Asks for a permit.
   *
   * @param key of which only one has a permit at a time; null: none
   * @return completed with the permit, which must be closed; or, after {@code
   *     burnish.jobs.store-patience}, with {@link BusyException}. A cancelled permit is not granted
   */
  public CompletionStage<Permit> acquire(@Nullable String key) {
    CompletableFuture<Permit> permit = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiting(key, permit));
    }
    next();
    if (!permit.isDone()) {
      giveUpAfter(config.storePatience(), key, permit);
    }
    return permit;
  }

  private void giveUpAfter(
      Duration patience, @Nullable String key, CompletableFuture<Permit> permit) {
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> permit.completeExceptionally(busy(key)));
  }

  private synchronized BusyException busy(@Nullable String key) {
    return key != null && keys.contains(key)
        ? BusyException.ofKey(key, null)
        : new BusyException(config.storeAtOnce());
  }

  private void next() {
    for (Permit permit = chosen(); permit != null; permit = chosen()) {
      if (!permit.owner.complete(permit)) {
        permit.giveBack();
      }
    }
  }

  /** The first that may go now; those that were cancelled or gave up are dropped. */
  private synchronized @Nullable Permit chosen() {
    Iterator<Waiting> candidates = waiting.iterator();
    while (free > 0 && candidates.hasNext()) {
      Waiting candidate = candidates.next();
      if (candidate.permit().isDone()) {
        candidates.remove();
      } else if (candidate.key() == null || keys.add(candidate.key())) {
        candidates.remove();
        free--;
        return new Permit(candidate.key(), candidate.permit());
      }
    }
    return null;
  }

  /** The right to read and store one job, until it is closed. */
  public final class Permit implements AutoCloseable {

    private final @Nullable String key;
    private final CompletableFuture<Permit> owner;
    private boolean over;

    private Permit(@Nullable String key, CompletableFuture<Permit> owner) {
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
