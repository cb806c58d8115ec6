package io.burnish.worker;

import io.burnish.cluster.ClusterConfig;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.burnish.queue.claim.LowWaterMarks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Raises the low-water mark of each job, so that a claim skips its consumed items. Runs on a thread
 * of its own, so that no heartbeat waits for it, on each replica that has a worker. One replica at
 * a time does the work. Its interval follows {@code burnish.worker.heartbeat} and may be under one
 * second, the resolution of {@code @Scheduled}.
 */
@ApplicationScoped
class LowWaterMarkLoop {

  /** Turns per heartbeat. A claim scans the items that are completed between two turns. */
  private static final int TURNS_PER_HEARTBEAT = 3;

  private final WorkerConfig config;
  private final Periodic loop;

  LowWaterMarkLoop(
      WorkerConfig config, ClusterConfig cluster, LowWaterMarks marks, LoopWatch watch) {
    this.config = config;
    this.loop =
        new Periodic(
            "low-water-marks",
            cluster.heartbeat().dividedBy(TURNS_PER_HEARTBEAT),
            marks::raise,
            watch);
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    if (config.enabled()) {
      loop.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }
}
