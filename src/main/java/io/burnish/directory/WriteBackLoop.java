package io.burnish.directory;

import io.burnish.job.directory.DueWriteBack;
import io.burnish.job.directory.WriteBacks;
import io.burnish.loops.LoopTurn;
import io.burnish.loops.LoopWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Looks for ended jobs whose results are to be written back: once a second, on each replica with a
 * root. A replica that can write to the directory takes the job at once. One that can't takes it
 * only if no other did, so that the job shows why it is not written back.
 */
@ApplicationScoped
class WriteBackLoop {

  /** Name in the scheduler and in the liveness check. */
  static final String NAME = "write-back";

  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Jobs at the same time: the disk is the limit. */
  private static final int AT_ONCE = 2;

  /** What a replica that failed leaves to others. */
  private static final Duration AFTER_OWN_FAILURE = Duration.ofSeconds(2);

  /** What a replica that can't write leaves to others. */
  private static final Duration WITHOUT_DIRECTORY = Duration.ofSeconds(10);

  private final UUID replica = UUID.randomUUID();
  private final WriteBacks writeBacks;
  private final WriteBack writeBack;
  private final DataDirectory directories;
  private final LoopTurn turn;
  private final LoopWatch watch;
  private final AtomicInteger running = new AtomicInteger();
  private @Nullable ExecutorService threads;
  private volatile boolean stopping;

  WriteBackLoop(
      WriteBacks writeBacks, WriteBack writeBack, DataDirectory directories, LoopWatch watch) {
    this.writeBacks = writeBacks;
    this.writeBack = writeBack;
    this.directories = directories;
    this.watch = watch;
    this.turn = new LoopTurn(NAME, EVERY, this::turn, watch);
  }

  /** Files are not interrupted: a thread ends before its next record. */
  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    if (threads != null) {
      threads.shutdown();
    }
    watch.ended(NAME);
  }

  @Scheduled(identity = NAME, every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    if (!stopping && directories.isSet()) {
      turn.run();
    }
  }

  private void turn() {
    if (running.get() < AT_ONCE) {
      writeBacks.due().stream().filter(this::isOurs).forEach(this::start);
    }
  }

  private boolean isOurs(DueWriteBack due) {
    Duration delay =
        !directories.isWritable(due.path())
            ? WITHOUT_DIRECTORY
            : replica.equals(due.triedBy()) ? AFTER_OWN_FAILURE : Duration.ZERO;
    return due.overdue().compareTo(delay) >= 0;
  }

  private void start(DueWriteBack due) {
    if (stopping || running.get() >= AT_ONCE) {
      return;
    }
    writeBacks
        .take(due.job(), replica)
        .ifPresent(
            current -> {
              running.incrementAndGet();
              threads()
                  .execute(
                      () -> {
                        try {
                          writeBack.run(current, () -> stopping);
                        } finally {
                          running.decrementAndGet();
                        }
                      });
            });
  }

  private synchronized ExecutorService threads() {
    if (threads == null) {
      threads =
          Executors.newFixedThreadPool(
              AT_ONCE,
              work -> {
                Thread thread = new Thread(work, "burnish-write-back");
                thread.setDaemon(true);
                return thread;
              });
    }
    return threads;
  }
}
