package io.burnish.retention;

import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Removes, every so often, what nobody wants to keep any longer; on each replica that works. */
@ApplicationScoped
public class RetentionLoop {

  private static final Logger LOG = Logger.getLogger(RetentionLoop.class);

  private static final String NAME = "retention";

  /** Some tenths of a second a step: nobody waits long for what it locks. */
  private static final int CHUNK = 5_000;

  private final RetentionConfig config;
  private final boolean enabled;
  private final Retention retention;
  private final LoopWatch watch;
  private final Periodic loop;

  RetentionLoop(
      RetentionConfig config,
      @ConfigProperty(name = "burnish.worker.enabled") boolean enabled,
      Retention retention,
      LoopWatch watch) {
    this.config = config;
    this.enabled = enabled;
    this.retention = retention;
    this.watch = watch;
    this.loop = new Periodic(NAME, config.every(), this::runOnce, watch);
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    if (enabled) {
      loop.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /** Removes all that is too old now, unless another replica is at it. */
  public void runOnce() {
    removeWhileThereIs(
        "jobs", config.finishedJobs(), () -> retention.purgeJobs(config.finishedJobs(), CHUNK));
    removeWhileThereIs(
        "raw answers",
        config.rawAnswers(),
        () -> retention.purgeRawAnswers(config.rawAnswers(), CHUNK));
  }

  private void removeWhileThereIs(String what, Duration age, BooleanSupplier step) {
    int steps = 0;
    while (!age.isZero() && !loop.isStopped() && step.getAsBoolean()) {
      steps++;
      watch.turned(NAME);
    }
    if (steps > 0) {
      LOG.infof("Old %s were removed in %d steps", what, steps);
    }
  }
}
