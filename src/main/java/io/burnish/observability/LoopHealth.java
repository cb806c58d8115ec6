package io.burnish.observability;

import io.burnish.worker.LoopWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while every background loop turns: one that hangs or ended by an error is mended by a
 * restart. Says nothing of database or provider, whose absence a restart does not mend.
 */
@Liveness
@ApplicationScoped
class LoopHealth implements HealthCheck {

  private final LoopWatch watch;
  private final Duration stalledAfter;

  LoopHealth(LoopWatch watch, HealthConfig config) {
    this.watch = watch;
    this.stalledAfter = config.stalledAfter();
  }

  @Override
  public HealthCheckResponse call() {
    Map<String, Duration> sinceLastTurn = watch.sinceLastTurn();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("worker loops")
            .status(sinceLastTurn.values().stream().noneMatch(this::isStalled));
    sinceLastTurn.forEach(
        (loop, since) ->
            response.withData(
                loop,
                (isStalled(since) ? "no turn for %d s" : "turned %d s ago")
                    .formatted(since.toSeconds())));
    return response.build();
  }

  private boolean isStalled(Duration since) {
    return since.compareTo(stalledAfter) > 0;
  }
}
