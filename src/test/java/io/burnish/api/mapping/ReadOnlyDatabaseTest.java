package io.burnish.api.mapping;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.ApiWithoutWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * As after a failover behind one name: the sessions of the pool are those of a server that takes no
 * writes any more, and only new ones reach a server that does. No worker helps.
 */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ReadOnlyDatabaseTest {

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @AfterEach
  void writes_are_taken_again() throws SQLException {
    becomeWritable();
    await().atMost(Duration.ofSeconds(30)).until(() -> post() == 202);
  }

  @Test
  void writes_are_answered_503_until_a_writable_server_is_there() throws SQLException {
    become("on");

    await().atMost(Duration.ofSeconds(10)).until(() -> post() == 503);
    given()
        .contentType("application/json")
        .body("[1]")
        .post("/jobs")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("type", endsWith(":database-away"));
    becomeWritable();

    await().atMost(Duration.ofSeconds(10)).until(() -> post() == 202);
  }

  @Test
  void readiness_says_that_it_is_read_only_and_then_that_it_is_not() throws SQLException {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'Database' }.data.writable", equalTo(true))
        .body("checks.find { it.name == 'Database' }.data.version", notNullValue());
    become("on");

    // Sessions that have just ended may be met first: "the database is away", until new ones are
    // there.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body(
                        "checks.find { it.name == 'Database' }.data.reason",
                        equalTo("the database is read-only")));
    becomeWritable();

    await().atMost(Duration.ofSeconds(10)).until(() -> ready() == 200);
  }

  private static int post() {
    return given().contentType("application/json").body("[1]").post("/jobs").statusCode();
  }

  private static int ready() {
    return given().get("/q/health/ready").statusCode();
  }

  /** New sessions are so, and the old ones end. */
  private void become(String readOnly) throws SQLException {
    run(
        "ALTER DATABASE %s SET default_transaction_read_only = %s".formatted(name(), readOnly),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  /** Open sessions stay as they are; new ones can write. */
  private void becomeWritable() throws SQLException {
    run("ALTER DATABASE %s RESET default_transaction_read_only".formatted(name()));
  }

  private String name() {
    return url.replaceFirst(".*/(\\w+)\\?.*", "$1");
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
