package io.burnish.observability;

import io.burnish.database.DatabaseProbe;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers in time and takes writes. */
@Readiness
@ApplicationScoped
class DatabaseHealth implements HealthCheck {

  private final DatabaseProbe probe;

  DatabaseHealth(DatabaseProbe probe) {
    this.probe = probe;
  }

  @Override
  public HealthCheckResponse call() {
    DatabaseProbe.State state = probe.look();
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
