package io.burnish.worker;

import io.burnish.cluster.ClusterConfig;
import io.burnish.cluster.Heartbeat;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.dedup.JobSpecs;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.PollingLoop;
import io.burnish.loops.Signal;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;

/** What the rooms of the worker share: its identity, its wake-up, its heartbeat. */
final class WorkerBeans {

  private WorkerBeans() {}

  /** This worker: a new identity at each start. */
  @Produces
  @Singleton
  static Claimant claimant(ProviderConfig provider) {
    return new Claimant(UUID.randomUUID(), provider.kind().word());
  }

  /** Wakes the claim loop. */
  @Produces
  @Singleton
  static Signal signal() {
    return new Signal();
  }

  @Produces
  @Singleton
  static Heartbeat heartbeat(
      Claimant claimant,
      ClusterConfig config,
      WorkerRegistry registry,
      Signal signal,
      LoopWatch watch) {
    return new Heartbeat(claimant.worker(), config, registry, signal, System::nanoTime, watch);
  }

  @Produces
  @Singleton
  static PollingLoop loop(ClaimLoop claims, WorkerConfig config, Signal signal, LoopWatch watch) {
    return new PollingLoop(
        LoopWatch.CLAIM,
        claims,
        new PollingLoop.Pauses(config.shortestPause(), config.longestPause()),
        signal,
        watch);
  }

  @Produces
  @Singleton
  static QuarantinedJobs quarantinedJobs(JobSpecs specs, ItemQueue queue) {
    return new QuarantinedJobs(specs, queue, System::nanoTime);
  }
}
