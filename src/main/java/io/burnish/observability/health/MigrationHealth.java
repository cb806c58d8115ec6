package io.burnish.observability.health;

import io.burnish.database.DatabaseProbe;
import io.burnish.database.DatabaseProbe.State;
import io.burnish.database.Migrations;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the database has every migration of this build. Migrations run at start; one is
 * missing later if an older backup was restored or the schema was removed. Migrations of a newer
 * build are allowed: they are compatible with the version before.
 */
@Readiness
@ApplicationScoped
class MigrationHealth implements AsyncHealthCheck {

  private final DatabaseProbe probe;

  MigrationHealth(DatabaseProbe probe) {
    this.probe = probe;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().completionStage(probe::checkAsync).map(MigrationHealth::of);
  }

  static HealthCheckResponse of(State database) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("Migrations");
    if (database.migrations().isEmpty()) {
      return response
          .down()
          .withData(
              "reason",
              database.reason().isEmpty()
                  ? "could not read the applied migrations; see the log"
                  : database.reason())
          .build();
    }
    Migrations.Applied applied = database.migrations().get();
    response.status(applied.missing().isEmpty()).withData("version", applied.version());
    if (!applied.missing().isEmpty()) {
      response
          .withData("missing", String.join(", ", applied.missing()))
          .withData("reason", "restart the service: it migrates the database when it starts");
    }
    if (!applied.newer().isEmpty()) {
      response.withData("ofANewerBuild", String.join(", ", applied.newer()));
    }
    return response.build();
  }
}
