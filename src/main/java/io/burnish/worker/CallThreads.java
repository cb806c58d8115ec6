package io.burnish.worker;

import io.smallrye.context.SmallRyeManagedExecutor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.context.ThreadContext;

/**
 * The threads of calls to the provider, apart from those of HTTP requests: neither can use up the
 * other's.
 */
final class CallThreads {

  private static final long IDLE_SECONDS = 30;

  private CallThreads() {}

  /** A pool of at most so many threads; idle ones end. */
  static ThreadPoolExecutor pool(int most) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "burnish-call-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(CallThreads.class.getClassLoader());
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * The pool as a managed executor. Nothing of the request that posted a job reaches the threads
   * that work on it: no transaction, no request scope.
   */
  static ManagedExecutor managed(ThreadPoolExecutor pool) {
    return SmallRyeManagedExecutor.builder()
        .withExecutorService(pool)
        .propagated()
        .cleared(ThreadContext.ALL_REMAINING)
        .build();
  }
}
