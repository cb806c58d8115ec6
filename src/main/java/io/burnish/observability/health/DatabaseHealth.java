package io.burnish.observability.health;

import io.burnish.database.DatabaseProbe;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the database answers in time and accepts writes. The probe has its own thread, so
 * this check needs no worker thread.
 */
@Readiness
@ApplicationScoped
class DatabaseHealth implements AsyncHealthCheck {

  private final DatabaseProbe probe;

  DatabaseHealth(DatabaseProbe probe) {
    this.probe = probe;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().completionStage(probe::checkAsync).map(DatabaseHealth::of);
  }

  static HealthCheckResponse of(DatabaseProbe.State state) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("Database")
            .status(state.writable())
            .withData("writable", state.writable());
    if (!state.version().isEmpty()) {
      response.withData("version", state.version());
    }
    if (!state.reason().isEmpty()) {
      response.withData("reason", state.reason());
    }
    return response.build();
  }
}
