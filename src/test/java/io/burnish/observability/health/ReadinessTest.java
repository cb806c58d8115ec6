package io.burnish.observability.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Statements;
import io.burnish.models.health.ModelStatuses;
import io.burnish.worker.WorkerConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ReadinessTest {

  private static final String HISTORY = "flyway_schema_history";

  @Inject Sql sql;
  @Inject WorkerConfig config;
  @Inject ModelStatuses models;
  @Inject Flyway flyway;

  @Test
  void every_check_is_our_own_and_up() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", containsInAnyOrder("Database", "Drain", "Migrations", "Provider"));
  }

  @Test
  void liveness_names_every_background_loop() {
    given()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("checks.size()", equalTo(1))
        .body(
            "checks[0].data.keySet()",
            hasItems(
                "low-water-marks",
                "heartbeat",
                "ledger",
                "model-states",
                "outcomes",
                "quota-renewal",
                "retention"));
  }

  @Test
  void a_migration_that_is_missing_is_named_with_what_to_do() {
    String newest = data("Migrations").getString("version");
    run("UPDATE %s SET success = false WHERE version = '%s'".formatted(HISTORY, newest));
    try {
      given()
          .get("/q/health/ready")
          .then()
          .statusCode(503)
          .body(path("Migrations", "missing"), equalTo(newest))
          .body(path("Migrations", "reason"), startsWith("restart the service"))
          .body(path("Database", "writable"), equalTo(true));
    } finally {
      run("UPDATE %s SET success = true WHERE version = '%s'".formatted(HISTORY, newest));
    }
    given().get("/q/health/ready").then().statusCode(200);
  }

  @Test
  void a_schema_without_history_has_no_migration() {
    run("ALTER TABLE %s RENAME TO hidden".formatted(HISTORY));
    try {
      given()
          .get("/q/health/ready")
          .then()
          .statusCode(503)
          .body(path("Migrations", "version"), equalTo(""))
          .body(path("Migrations", "missing"), startsWith("1"));
    } finally {
      run("ALTER TABLE hidden RENAME TO %s".formatted(HISTORY));
    }
  }

  @Test
  void a_migration_of_a_newer_build_is_data_and_neither_a_fault_nor_a_reason_not_to_start() {
    run(
        "INSERT INTO %s VALUES (1000, '1000', 'of a newer build', 'SQL', 'x', 1, 'x', now(), 1, true)"
            .formatted(HISTORY));
    try {
      given()
          .get("/q/health/ready")
          .then()
          .statusCode(200)
          .body(path("Migrations", "ofANewerBuild"), equalTo("1000"));
      // What a start does.
      assertThat(flyway.migrate().success).isTrue();
    } finally {
      run("DELETE FROM %s WHERE version = '1000'".formatted(HISTORY));
    }
  }

  @Test
  void a_draining_service_is_not_ready_and_has_the_time() {
    Instant now = Instant.parse("2026-11-02T10:00:00Z");
    DrainHealth drain = new DrainHealth(config, models, Clock.fixed(now, ZoneOffset.UTC));
    assertThat(drain.call().await().indefinitely().getStatus()).isEqualTo(Status.UP);

    drain.begin();

    HealthCheckResponse health = drain.call().await().indefinitely();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    Map<String, Object> data = health.getData().orElseThrow();
    assertThat(data)
        .containsEntry("draining", true)
        .containsEntry("since", "2026-11-02T10:00:00Z")
        .containsKey("callsInFlight");
    assertThat(data.get("reason")).asString().contains("25 s").contains("burnish.worker.drain");
  }

  @Test
  void a_running_service_is_not_draining() {
    given()
        .get("/q/health/ready")
        .then()
        .body(path("Drain", "draining"), equalTo(false))
        .body(path("Drain", "callsInFlight"), notNullValue());
  }

  private static JsonPath data(String check) {
    return given()
        .get("/q/health/ready")
        .jsonPath()
        .setRootPath(path(check, "").replaceAll("\\.$", ""));
  }

  private static String path(String check, String name) {
    return "checks.find { it.name == '%s' }.data.%s".formatted(check, name);
  }

  private void run(String statement) {
    Statements.run(sql, statement);
  }
}
