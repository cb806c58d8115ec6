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
 * Keeps claims short: moves them past what is consumed of each job. On a thread of its own, so that
 * no heartbeat waits for it; on each replica that works, of which one at a time does it.
 */
@ApplicationScoped
class LowWaterMarkLoop {

  /**
   * So often in the time of one heartbeat: as much is consumed between two as a claim walks over.
   */
  private static final int TURNS_A_BEAT = 3;

  private final WorkerConfig config;
  private final Periodic loop;

  LowWaterMarkLoop(WorkerConfig config, ClusterConfig cluster, ItemQueue queue, LoopWatch watch) {
    this.config = config;
    this.loop =
        new Periodic(
            "low-water-marks",
            cluster.heartbeat().dividedBy(TURNS_A_BEAT),
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
