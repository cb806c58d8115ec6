package io.burnish.access.caller;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A few threads for the statements that admit a request. The threads of requests stay free when the
 * database is slow, and connections stay free for admitted requests.
 */
@Singleton
public class AccessThreads {

  private static final int THREADS = 4;

  /** Each takes less than a millisecond, so this is some tens of milliseconds of work. */
  private static final int WAITING = 256;

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          work -> new Thread(work, "burnish-access-" + number.incrementAndGet()));

  AccessThreads() {
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs work on one of the threads. Fails with {@link RejectedExecutionException} when too much
   * work waits.
   */
  public <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              try {
                threads.execute(
                    () -> {
                      try {
                        emitter.complete(work.get());
                      } catch (RuntimeException e) {
                        emitter.fail(e);
                      }
                    });
              } catch (RejectedExecutionException e) {
                emitter.fail(e);
              }
            });
  }

  @PreDestroy
  void stop() {
    threads.shutdown();
  }
}
