package io.burnish.observability;

import io.burnish.quota.Quotas;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.status.QueueQuery;
import io.burnish.status.QueueQuery.Queue;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Queue and quotas of all replicas, for the gauges: read when they are asked for, at most once in
 * five seconds, on a thread of its own. A scrape waits a second at most; while the database does
 * not answer, the last values are used for half a minute. Thread-safe.
 */
@Singleton
class SharedState {

  private static final Logger LOG = Logger.getLogger(SharedState.class);

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Supplier<Read> query;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "metrics-state");
            daemon.setDaemon(true);
            return daemon;
          });

  private volatile @Nullable Read last;
  private @Nullable CompletableFuture<Read> reading;

  @Inject
  SharedState(QueueQuery queue, Quotas quotas, Clock clock) {
    this(() -> new Read(clock.instant(), queue.now(), quotas.all()), clock);
  }

  /**
   * @param query reads queue and quotas; may block and throw
   */
  SharedState(Supplier<Read> query, Clock clock) {
    this.query = query;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param at when it was asked for
   */
  record Read(Instant at, Queue queue, List<ModelQuota> quotas) {}

  /** The state, at most half a minute old; empty when it is not known. */
  Optional<Read> now() {
    if (isYounger(FRESH)) {
      return Optional.ofNullable(last);
    }
    begin().ifPresent(SharedState::await);
    return isYounger(KEPT) ? Optional.ofNullable(last) : Optional.empty();
  }

  /** Time since the last read; empty before the first. */
  Optional<Duration> age() {
    return Optional.ofNullable(last).map(read -> Duration.between(read.at(), clock.instant()));
  }

  private boolean isYounger(Duration limit) {
    return age().filter(age -> age.compareTo(limit) < 0).isPresent();
  }

  /** Starts to read; empty while an earlier read goes on, for which nothing waits again. */
  private synchronized Optional<CompletableFuture<Read>> begin() {
    if (reading != null && !reading.isDone()) {
      return Optional.empty();
    }
    try {
      reading = CompletableFuture.supplyAsync(this::read, thread);
      return Optional.of(reading);
    } catch (RejectedExecutionException e) {
      return Optional.empty(); // the service is stopping
    }
  }

  private Read read() {
    Read read = query.get();
    last = read;
    return read;
  }

  private static void await(CompletableFuture<Read> reading) {
    try {
      reading.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("Queue and quotas can't be read for the metrics now: %s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
