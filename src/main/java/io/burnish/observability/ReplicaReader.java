package io.burnish.observability;

import io.burnish.loops.LoopWatch;
import io.burnish.metrics.StateGauge;
import io.burnish.models.ModelChain;
import io.burnish.models.health.ModelStatus;
import io.burnish.models.health.ModelStatuses;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Gauges of this replica: its loops, its calls, and what it knows of the models. */
@Singleton
class ReplicaReader implements StateReader {

  private final LoopWatch loops;
  private final ModelChain chain;
  private final ModelStatuses models;
  private final Clock clock;

  ReplicaReader(LoopWatch loops, ModelChain chain, ModelStatuses models, Clock clock) {
    this.loops = loops;
    this.chain = chain;
    this.models = models;
    this.clock = clock;
  }

  @Override
  public void read(Readings readings) {
    readings.add(StateGauge.CALLS_IN_FLIGHT, models.callsInFlight());
    readings.add(StateGauge.MODELS_GONE, models.decommissioned().size());
    readings.add(StateGauge.MODELS_BLOCKED, models.blocked().size());
    readings.add(StateGauge.MODELS_LEFT, chain.models().size());
    models
        .all()
        .forEach(model -> readings.add(StateGauge.COOLDOWN, cooldown(model), model.model()));
    loops
        .states()
        .forEach(
            (name, loop) -> {
              readings.add(StateGauge.LOOP_IDLE, loop.sinceLastTurn().toMillis() / 1e3, name);
              readings.add(StateGauge.LOOP_FAILURES, loop.failedInARow(), name);
            });
  }

  private double cooldown(ModelStatus model) {
    return model
        .cooldownUntil()
        .map(until -> Math.max(0, Duration.between(clock.instant(), until).toMillis() / 1e3))
        .orElse(0.0);
  }
}
