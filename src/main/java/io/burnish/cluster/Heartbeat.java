package io.burnish.cluster;

import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Says that this worker is alive, and gives back what silent ones held. When it can't say so,
 * others will take this worker for dead: {@link #holdsLease} tells it first, so that it starts no
 * call whose answer it could not keep.
 */
public final class Heartbeat implements Runnable {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  /** Looks for silent workers so often in the time of one beat. */
  private static final int LOOKS_A_BEAT = 3;

  private static final String NAME = "heartbeat";

  private final WorkerProcess process;
  private final ClusterConfig config;
  private final WorkerRegistry registry;
  private final Signal wakeup;
  private final LongSupplier nanoClock;
  private final LoopWatch watch;
  private final SameNodeWorkers namesakes;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long lastBeat;
  private volatile int lives;

  /**
   * @param nanoClock goes on while the process is held up, as {@link System#nanoTime} does
   */
  public Heartbeat(
      UUID id,
      ClusterConfig config,
      WorkerRegistry registry,
      Signal wakeup,
      LongSupplier nanoClock,
      LoopWatch watch) {
    this.process = process(id, config.node().orElse(id.toString()));
    this.config = config;
    this.registry = registry;
    this.wakeup = wakeup;
    this.nanoClock = nanoClock;
    this.watch = watch;
    this.namesakes = new SameNodeWorkers(process, config, ThisMachine::started);
    this.lastBeat = nanoClock.getAsLong();
  }

  private static WorkerProcess process(UUID id, String node) {
    long pid = ProcessHandle.current().pid();
    return new WorkerProcess(
        id, node, pid, ThisMachine.identity().orElse(null), ThisMachine.started(pid).orElse(null));
  }

  @Override
  public void run() {
    Duration look = config.heartbeat().dividedBy(LOOKS_A_BEAT);
    watch.turned(NAME);
    try {
      for (int looks = 1; !stopped.await(look.toMillis(), TimeUnit.MILLISECONDS); looks++) {
        boolean due = looks % LOOKS_A_BEAT == 0 || !holdsLease();
        attempt(due ? this::heartbeat : () -> rescue(List.of()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.ended(NAME);
  }

  private void attempt(Runnable duty) {
    try {
      duty.run();
      watch.succeeded(NAME);
    } catch (RuntimeException e) {
      watch.failed(NAME);
      LOG.warnf("A heartbeat failed: %s; the next in %s", e.getMessage(), config.heartbeat());
    } catch (Error e) {
      watch.failed(NAME);
      LOG.errorf(e, "A heartbeat failed; the next in %s", config.heartbeat());
    }
  }

  /** The first heartbeat; takes back at once what earlier lives of this worker held. */
  public void start() {
    registry.heartbeat(process);
    lastBeat = nanoClock.getAsLong();
    rescue(namesakes.atStart(registry.sameNodeWorkers(process.worker(), process.node())));
  }

  /** One heartbeat, and a look at the others'. */
  void heartbeat() {
    long before = nanoClock.getAsLong();
    boolean known = registry.heartbeat(process);
    if (!known) {
      // First, for a lease that is looked at between the two must not seem good.
      lives++;
      LOG.warn(
          "This worker missed its heartbeats and was taken for dead; others have what it held, and it begins anew");
    }
    lastBeat = before;
    rescue(
        namesakes.areUndecided()
            ? namesakes.over(registry.sameNodeWorkers(process.worker(), process.node()))
            : List.of());
  }

  private void rescue(List<UUID> dead) {
    int rescued = registry.rescue(process.worker(), dead, config.silence());
    if (rescued > 0) {
      LOG.warnf(
          "%d records of a worker without heartbeat are taken back; no attempt is charged",
          rescued);
      wakeup.raise();
    }
  }

  /**
   * Whether others still take this worker for alive; false from two thirds of the silence on, so
   * that it stops before it is buried.
   */
  public boolean holdsLease() {
    return nanoClock.getAsLong() - lastBeat < config.silence().toNanos() / 3 * 2;
  }

  /**
   * A lease on what is claimed from now on: good while others take this worker for alive, and over
   * for ever once they have taken it for dead.
   */
  public BooleanSupplier lease() {
    int life = lives;
    return () -> holdsLease() && lives == life;
  }

  public void stop() {
    stopped.countDown();
  }
}
