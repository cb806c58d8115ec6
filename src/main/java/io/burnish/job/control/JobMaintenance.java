package io.burnish.job.control;

import io.burnish.job.directory.JobDirectories;
import io.burnish.loops.LoopTurn;
import io.burnish.loops.LoopWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Ends jobs at their deadline, goes on with those that are being cancelled, and releases those that
 * another job on their data directory held up: once a second, on each replica, also on those
 * without a worker.
 */
@ApplicationScoped
class JobMaintenance {

  /** Name in the scheduler and in the liveness check. */
  static final String NAME = "job-maintenance";

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final EndingJobs ending;
  private final JobDirectories directories;
  private final LoopTurn turn;
  private final LoopWatch watch;
  private volatile boolean stopping;

  JobMaintenance(EndingJobs ending, JobDirectories directories, LoopWatch watch) {
    this.ending = ending;
    this.directories = directories;
    this.watch = watch;
    this.turn = new LoopTurn(NAME, EVERY, this::turn, watch);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    watch.ended(NAME);
  }

  @Scheduled(identity = NAME, every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    if (!stopping) {
      turn.run();
    }
  }

  private void turn() {
    ending.expire();
    ending.proceedAll();
    ending.releaseSingleFlightOfPaused();
    directories.release();
  }
}
