package io.burnish.observability.health;

import io.burnish.loops.LoopWatch;
import io.burnish.loops.LoopWatch.LoopState;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while every background loop turns, successfully or not, within {@code
 * burnish.health.stalled-after}: a restart repairs a loop that hangs or ended. Does not depend on
 * database or provider, which a restart does not repair. Runs on the event loop, without a worker
 * thread and without a database connection.
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
    Map<String, LoopState> loops = watch.states();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("worker loops")
            .status(loops.values().stream().noneMatch(this::isStalled));
    loops.forEach((name, loop) -> response.withData(name, describe(loop)));
    return response.build();
  }

  private String describe(LoopState loop) {
    long seconds = loop.sinceLastTurn().toSeconds();
    String turned =
        isStalled(loop)
            ? "no turn for %d s, limit %d s (burnish.health.stalled-after)"
                .formatted(seconds, stalledAfter.toSeconds())
            : "turned %d s ago".formatted(seconds);
    return loop.failedInARow() == 0
        ? turned
        : "%s; failed turns in a row: %d, see the log".formatted(turned, loop.failedInARow());
  }

  private boolean isStalled(LoopState loop) {
    return loop.sinceLastTurn().compareTo(stalledAfter) > 0;
  }
}
