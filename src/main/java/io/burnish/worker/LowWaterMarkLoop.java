package io.burnish.worker;

import io.burnish.cluster.ClusterConfig;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.burnish.queue.ItemQueue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Keeps claims short: raises the low-water mark of each job past its completed items. Runs on a
 * thread of its own, so that the heartbeat does not wait for it. Each replica that works runs it;
 * one at a time is active.
 */
@ApplicationScoped
class LowWaterMarkLoop {

  /** Turns per heartbeat. A claim scans the items that are completed between two turns. */
  private static final int TURNS_PER_HEARTBEAT = 3;

  private final WorkerConfig config;
  private final Periodic loop;

  LowWaterMarkLoop(WorkerConfig config, ClusterConfig cluster, ItemQueue queue, LoopWatch watch) {
    this.config = config;
    this.loop =
        new Periodic(
            "low-water-marks",
            cluster.heartbeat().dividedBy(TURNS_PER_HEARTBEAT),
            queue::raiseLowWaterMarks,
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
