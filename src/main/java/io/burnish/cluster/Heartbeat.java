package io.burnish.cluster;

import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The heartbeat of this worker: renews its lease, and rescues the items of workers whose lease has
 * expired. {@link #holdsLease} turns false before other replicas take over, so that this worker
 * starts no call whose result it could not store. Thread-safe.
 */
public final class Heartbeat implements Runnable {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  /** Rescues in the time of one heartbeat. */
  private static final int RESCUES_PER_HEARTBEAT = 3;

  /** Name of the loop in the liveness check. */
  private static final String NAME = "heartbeat";

  private final WorkerProcess process;
  private final ClusterConfig config;
  private final WorkerRegistry registry;
  private final Signal itemsReady;
  private final LongSupplier nanoClock;
  private final LoopWatch watch;
  private final SameNodeWorkers sameNodeWorkers;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** When the last successful heartbeat was sent, by the nano clock. */
  private volatile long lastHeartbeat;

  /** Leases that have expired. */
  private volatile int expiredLeases;

  /**
   * @param worker id under which this worker claims
   * @param itemsReady raised after a rescue
   * @param nanoClock goes on while the process is suspended, as {@link System#nanoTime} does
   */
  public Heartbeat(
      UUID worker,
      ClusterConfig config,
      WorkerRegistry registry,
      Signal itemsReady,
      LongSupplier nanoClock,
      LoopWatch watch) {
    this.process = process(worker, config.node().orElse(worker.toString()));
    this.config = config;
    this.registry = registry;
    this.itemsReady = itemsReady;
    this.nanoClock = nanoClock;
    this.watch = watch;
    this.sameNodeWorkers = new SameNodeWorkers(process, config, ThisMachine::started);
    this.lastHeartbeat = nanoClock.getAsLong();
  }

  private static WorkerProcess process(UUID worker, String node) {
    long pid = ProcessHandle.current().pid();
    return new WorkerProcess(
        worker,
        node,
        pid,
        ThisMachine.identity().orElse(null),
        ThisMachine.started(pid).orElse(null));
  }

  /**
   * Sends the first heartbeat, and rescues the items of earlier processes of this replica.
   *
   * @throws io.burnish.database.DatabaseException when the database does not answer
   */
  public void start() {
    registry.heartbeat(process);
    lastHeartbeat = nanoClock.getAsLong();
    rescue(sameNodeWorkers.endedAtStart(othersOfThisNode()));
  }

  /** Sends heartbeats until {@link #stop}. */
  @Override
  public void run() {
    watch.turned(NAME);
    try {
      for (int turn = 1; !stopped.await(interval().toMillis(), TimeUnit.MILLISECONDS); turn++) {
        turn(turn % RESCUES_PER_HEARTBEAT == 0 || !holdsLease());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.ended(NAME);
  }

  /**
   * One turn: a heartbeat when it is due, and a rescue. What it throws is logged.
   *
   * @param due whether a heartbeat is due
   */
  void turn(boolean due) {
    boolean renewed = !due;
    try {
      if (due) {
        renewLease();
        renewed = true;
      }
      rescue(due ? endedWorkersOfThisNode() : List.of());
      watch.succeeded(NAME);
    } catch (RuntimeException e) {
      watch.failed(NAME);
      if (renewed) {
        LOG.warnf(
            "Rescue of the items of other workers failed: %s. Retry in %s",
            e.getMessage(), interval());
      } else {
        LOG.warnf(
            "Heartbeat failed: %s. Retry in %s; after %s without one (burnish.worker.silence), other replicas take over this worker's items",
            e.getMessage(), retryIn(), config.silence());
      }
    } catch (Error e) {
      watch.failed(NAME);
      LOG.errorf(e, "Heartbeat or rescue failed. Retry in %s", retryIn());
    }
  }

  private Duration interval() {
    return config.heartbeat().dividedBy(RESCUES_PER_HEARTBEAT).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Without a lease, each turn sends a heartbeat. */
  private Duration retryIn() {
    return holdsLease() ? config.heartbeat() : interval();
  }

  private void renewLease() {
    long sentAt = nanoClock.getAsLong();
    boolean registered = registry.heartbeat(process);
    if (!registered) {
      // Before lastHeartbeat: a lease that is checked between the two must not seem valid.
      expiredLeases++;
      LOG.warn(
          "Lease expired: other replicas have rescued this worker's items. Results in flight will be dropped as stale. The worker continues with a new lease");
    }
    lastHeartbeat = sentAt;
  }

  private List<UUID> endedWorkersOfThisNode() {
    return sameNodeWorkers.areUndecided() ? sameNodeWorkers.ended(othersOfThisNode()) : List.of();
  }

  private List<SameNodeWorker> othersOfThisNode() {
    return registry.sameNodeWorkers(process.worker(), process.node());
  }

  private void rescue(List<UUID> ended) {
    int rescued = registry.rescue(process.worker(), ended, config.silence());
    if (rescued > 0) {
      LOG.warnf(
          "Rescued %d items of workers that have ended or whose lease has expired. They are claimed again; no attempt is charged",
          rescued);
      itemsReady.raise();
    }
  }

  /**
   * Whether the lease is valid: other replicas will not take over for some time yet. False from two
   * thirds of {@code burnish.worker.silence} without a heartbeat on, and after {@link #stop}: a
   * call that fails because the service shuts down is not sent again.
   */
  public boolean holdsLease() {
    return stopped.getCount() > 0
        && nanoClock.getAsLong() - lastHeartbeat < config.silence().toNanos() / 3 * 2;
  }

  /**
   * A lease for items claimed from now on. It is valid while {@link #holdsLease}, and never again
   * once other replicas have rescued this worker's items.
   */
  public BooleanSupplier lease() {
    int expired = expiredLeases;
    return () -> holdsLease() && expiredLeases == expired;
  }

  /** Ends the loop. The worker stays registered; see {@link WorkerRegistry#deregister}. */
  public void stop() {
    stopped.countDown();
  }
}
