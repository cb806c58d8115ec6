package io.burnish.observability;

import io.burnish.worker.LoopWatch;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while every background loop turns: one that hangs or ended by an error is mended by a
 * restart. Says nothing of database or provider, whose absence a restart does not mend. Answers on
 * the event loop: no thread of the pool must be free.
 */
@Liveness
@ApplicationScoped
class LoopHealth implements AsyncHealthCheck {

  private final LoopWatch watch;
  private final Duration stalledAfter;

  LoopHealth(LoopWatch watch, HealthConfig config) {
    this.watch = watch;
    this.stalledAfter = config.stalledAfter();
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::now);
  }

  private HealthCheckResponse now() {
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
