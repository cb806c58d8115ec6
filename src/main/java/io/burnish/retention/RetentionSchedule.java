package io.burnish.retention;

import io.burnish.loops.LoopTurn;
import io.burnish.loops.LoopWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Runs retention on each replica that has a worker ({@code burnish.worker.enabled}). {@link
 * Retention} lets one replica at a time do a step.
 */
@ApplicationScoped
class RetentionSchedule {

  private static final Logger LOG = Logger.getLogger(RetentionSchedule.class);

  /** Name in the scheduler and in the liveness check. */
  static final String NAME = "retention";

  /** Rows in one step: a transaction of some tenths of a second, so that its locks are short. */
  private static final int CHUNK = 5_000;

  /** The API shows a week, and the day before it for comparison. */
  private static final Duration HISTORY = Duration.ofDays(8);

  /** Time between two reports while no run is in progress. */
  private static final Duration IDLE_REPORTS = Duration.ofSeconds(30);

  private final RetentionConfig config;
  private final boolean enabled;
  private final Retention retention;
  private final LoopWatch watch;
  private final Vertx vertx;
  private final LoopTurn turn;
  private volatile long idleTimer;
  private volatile boolean running;
  private volatile boolean stopping;

  RetentionSchedule(
      RetentionConfig config,
      @ConfigProperty(name = "burnish.worker.enabled") boolean enabled,
      Retention retention,
      LoopWatch watch,
      Vertx vertx) {
    this.config = config;
    this.enabled = enabled;
    this.retention = retention;
    this.watch = watch;
    this.vertx = vertx;
    this.turn = new LoopTurn(NAME, config.every(), this::purge, watch);
  }

  void start(@Observes StartupEvent event) {
    if (enabled) {
      reportIdle();
      idleTimer = vertx.setPeriodic(IDLE_REPORTS.toMillis(), timer -> reportIdle());
    }
  }

  /** Ends a run in progress after its current step. */
  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    vertx.cancelTimer(idleTimer);
  }

  /** Runs retention; does nothing without a worker. */
  @Scheduled(
      identity = NAME,
      every = "{burnish.retention.every}",
      delayed = "{burnish.retention.every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    if (!enabled || stopping) {
      return;
    }
    running = true;
    try {
      turn.run();
    } finally {
      running = false;
    }
  }

  /**
   * Reports to the liveness check between two runs, which are longer apart than it allows. During a
   * run each step reports instead, so that a run that hangs is found. On a timer of the event loop,
   * which neither busy worker threads nor a change of the system clock delay.
   */
  void reportIdle() {
    if (!running && !stopping) {
      watch.turned(NAME);
    }
  }

  /** Removes all that is older than the settings allow, unless another replica does. */
  void purge() {
    purge("jobs", config.finishedJobs(), () -> retention.purgeJobs(config.finishedJobs(), CHUNK));
    purge(
        "raw answers",
        config.rawAnswers(),
        () -> retention.purgeRawAnswers(config.rawAnswers(), CHUNK));
    purge("history", HISTORY, () -> retention.purgeHistory(HISTORY, CHUNK));
    purge("audit", config.audit(), () -> retention.purgeAudit(config.audit(), CHUNK));
  }

  private void purge(String what, Duration age, BooleanSupplier step) {
    int steps = 0;
    while (!age.isZero() && !stopping && step.getAsBoolean()) {
      steps++;
      watch.turned(NAME);
    }
    if (steps > 0) {
      LOG.infof("Retention removed %s older than %s, in %d steps", what, age, steps);
    }
  }
}
