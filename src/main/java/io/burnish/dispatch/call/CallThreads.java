package io.burnish.dispatch.call;

import io.burnish.dispatch.plan.DispatchConfig;
import io.smallrye.context.SmallRyeManagedExecutor;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.context.ThreadContext;

/**
 * The threads of calls to the provider and of the worker's loops: a managed executor over a bounded
 * pool of its own, so that calls and HTTP requests cannot starve each other. Nothing of the request
 * that posted a job reaches these threads: no transaction, no request scope. Thread-safe.
 */
@Singleton
public class CallThreads implements Executor {

  /** The claim loop, the heartbeat and two writers. */
  private static final int LOOPS = 4;

  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;
  private final ManagedExecutor executor;

  protected CallThreads(DispatchConfig config) {
    this.pool = pool(config.concurrency() + LOOPS);
    this.executor =
        SmallRyeManagedExecutor.builder()
            .withExecutorService(pool)
            .propagated()
            .cleared(ThreadContext.ALL_REMAINING)
            .build();
  }

  /** A pool of at most {@code most} threads; idle ones end. */
  private static ThreadPoolExecutor pool(int most) {
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

  @Override
  public void execute(Runnable work) {
    executor.execute(work);
  }

  /** Takes no more work; what runs goes on. */
  public void shutdown() {
    pool.shutdown();
  }
}
