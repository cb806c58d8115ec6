package io.burnish.job.post;

import io.burnish.job.stored.JobsConfig;
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
 * Permits to read and store a job: {@code burnish.jobs.store-at-once} at the same time, first come
 * first served, and one at a time per Idempotency-Key. A request that waits holds neither a thread
 * nor a connection. A retry under a key takes no permit while the first request has one.
 * Thread-safe.
 */
@Singleton
public class SubmissionPermits {

  private final JobsConfig config;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Set<Key> keys = new HashSet<>();
  private int free;

  SubmissionPermits(JobsConfig config) {
    this.config = config;
    this.free = config.storeAtOnce();
  }

  /**
   * Requests with the same key run one at a time.
   *
   * @param owner of the job
   * @param text the Idempotency-Key
   */
  public record Key(String owner, String text) {}

  private record Waiting(@Nullable Key key, CompletableFuture<Permit> permit) {}

  /**
   * Requests a permit.
   *
   * @param key the Idempotency-Key; null: none
   * @return completes with the permit, which must be closed; or, after {@code
   *     burnish.jobs.store-timeout}, with {@link BusyException}. A cancelled request gets none
   */
  public CompletionStage<Permit> acquire(@Nullable Key key) {
    CompletableFuture<Permit> permit = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiting(key, permit));
    }
    grantNext();
    if (!permit.isDone()) {
      timeOutAfter(config.storeTimeout(), key, permit);
    }
    return permit;
  }

  private void timeOutAfter(Duration timeout, @Nullable Key key, CompletableFuture<Permit> permit) {
    CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> permit.completeExceptionally(busy(key)));
  }

  private synchronized BusyException busy(@Nullable Key key) {
    return key != null && keys.contains(key)
        ? BusyException.ofKey(key.text())
        : new BusyException(config.storeAtOnce());
  }

  private void grantNext() {
    for (Permit permit = nextGrant(); permit != null; permit = nextGrant()) {
      if (!permit.request.complete(permit)) {
        permit.release();
      }
    }
  }

  /** The permit of the first request that can get one; cancelled and timed-out ones are dropped. */
  private synchronized @Nullable Permit nextGrant() {
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

  /** Allows to read and store one job, until it is closed. */
  public final class Permit implements AutoCloseable {

    private final @Nullable Key key;
    private final CompletableFuture<Permit> request;
    private boolean released;

    private Permit(@Nullable Key key, CompletableFuture<Permit> request) {
      this.key = key;
      this.request = request;
    }

    /** Releases the permit; a second call has no effect. */
    @Override
    public void close() {
      release();
      grantNext();
    }

    private void release() {
      synchronized (SubmissionPermits.this) {
        if (!released) {
          released = true;
          free++;
          if (key != null) {
            keys.remove(key);
          }
        }
      }
    }
  }
}
