package io.burnish.observability.health;

import io.burnish.models.health.ModelStatuses;
import io.burnish.worker.WorkerConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Ready until shutdown begins. During the drain the service claims no items, and should get no more
 * requests. Runs on the event loop. It replaces the check of the framework, which needs a worker
 * thread and has no data.
 */
@Readiness
@ApplicationScoped
class DrainHealth implements AsyncHealthCheck {

  private final WorkerConfig config;
  private final ModelStatuses models;
  private final Clock clock;
  private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();

  DrainHealth(WorkerConfig config, ModelStatuses models, Clock clock) {
    this.config = config;
    this.models = models;
    this.clock = clock;
  }

  void delay(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownDelayInitiatedEvent event) {
    begin();
  }

  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    begin();
  }

  /** Marks the begin of the drain; no effect after the first call. */
  void begin() {
    since.compareAndSet(null, clock.instant());
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::now);
  }

  private HealthCheckResponse now() {
    @Nullable Instant begun = since.get();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("Drain")
            .status(begun == null)
            .withData("draining", begun != null)
            .withData("callsInFlight", models.callsInFlight());
    if (begun != null) {
      response
          .withData("since", begun.toString())
          .withData(
              "reason",
              "shutdown: calls in flight have %d s to complete (burnish.worker.drain)"
                  .formatted(config.drain().toSeconds()));
    }
    return response.build();
  }
}
