package io.burnish.api.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was decided minute by minute, of one job and of all. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class HistoryResourceTest {

  @Inject Sql sql;
  Simulator simulator;

  @BeforeEach
  void nothing_was_decided() {
    Statements.empty(sql, "job_minute");
  }

  @AfterEach
  void the_provider_behaves() {
    simulator.clear();
  }

  @Test
  void each_outcome_of_each_model_is_a_row() {
    ObjectNode hopeless = Discounts.readable("hopeless");
    ObjectNode known = Discounts.readable("known");
    Scenario.given(known).ended();
    Statements.empty(sql, "job_minute");
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    PostedJob job =
        Scenario.given(hopeless, known, Discounts.empty("at intake"))
            .and(3)
            .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
            .ended();

    JsonPath history = Api.get(job.id(), "/history");
    assertThat(sum(history, "succeeded")).isEqualTo(3);
    assertThat(sum(history, "reused")).isEqualTo(1);
    assertThat(sum(history, "failed")).isEqualTo(1);
    assertThat(history.getList("findAll{it.outcome == 'reused'}.model")).containsOnlyNulls();
    assertThat(history.getList("findAll{it.outcome != 'reused'}.model", String.class))
        .allMatch(model -> model.startsWith("simulated/"));
    assertThat(history.getList("minute", String.class).stream().map(Instant::parse))
        .allMatch(minute -> minute.getEpochSecond() % 60 == 0 && !minute.isBefore(before));
    assertThat(given().get("/status/history").jsonPath().getList("$"))
        .isEqualTo(history.getList("$"));
  }

  private static int sum(JsonPath history, String outcome) {
    return history.getList("findAll{it.outcome == '" + outcome + "'}.items", Integer.class).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Test
  void the_jobs_of_a_minute_are_added_up_and_removed_jobs_stay() {
    Instant minute = minute(2);
    row(minute, UUID.randomUUID(), "m", 3, 1, 2);
    row(minute, UUID.randomUUID(), "m", 4, 0, 0);
    row(minute, UUID.randomUUID(), "", 1, 1, 0);

    JsonPath history = given().get("/status/history?minutes=3").jsonPath();

    assertThat(history.getList("outcome"))
        .containsExactly("reused", "succeeded", "reused", "failed");
    assertThat(history.getList("model")).containsExactly(null, "m", "m", "m");
    assertThat(history.getList("items")).containsExactly(1, 6, 1, 2);
    assertThat(history.getList("minute")).containsOnly(minute.toString());
  }

  @Test
  void only_the_last_minutes_are_read_oldest_first() {
    row(minute(0), UUID.randomUUID(), "now", 1, 0, 0);
    row(minute(1), UUID.randomUUID(), "one", 1, 0, 0);
    row(minute(59), UUID.randomUUID(), "fifty-nine", 1, 0, 0);
    row(minute(70), UUID.randomUUID(), "seventy", 1, 0, 0);
    row(minute(11_519), UUID.randomUUID(), "oldest", 1, 0, 0);

    assertThat(models("?minutes=2")).endsWith("now").doesNotContain("fifty-nine");
    assertThat(models("")).doesNotContain("seventy").endsWith("one", "now");
    assertThat(models("?minutes=11520")).contains("fifty-nine", "seventy");
    assertThat(models("?minutes=11519")).doesNotContain("oldest");
  }

  private static List<String> models(String query) {
    return given()
        .get("/status/history" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("model");
  }

  @Test
  void a_job_has_only_its_own_minutes() {
    String id = Api.post("[]");
    Instant minute =
        Instant.parse(Api.job(id).getString("createdAt")).truncatedTo(ChronoUnit.MINUTES);
    row(minute, UUID.fromString(id), "mine", 1, 0, 0);
    row(minute, UUID.randomUUID(), "other", 1, 0, 0);

    assertThat(Api.get(id, "/history").getList("model")).containsExactly("mine");
    assertThat(Api.get(Api.post("[]"), "/history").getList("$")).isEmpty();
  }

  @Test
  void nothing_decided_is_an_empty_list() {
    assertThat(models("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "11521", "x", "1.5", "99999999999"})
  void minutes_out_of_range_are_refused(String minutes) {
    given()
        .get("/status/history?minutes=" + minutes)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("minutes"))
        .body("violations[0].message", containsString("from 1 to 11520"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000-0000-0000-0000-000000000000"})
  void an_unknown_job_has_none(String id) {
    given().get("/jobs/" + id + "/history").then().statusCode(404);
  }

  @Test
  void a_removed_job_has_none() {
    String id = Api.post("[]");
    Statements.change(sql, "UPDATE job SET removed_at = now() WHERE id = ?::uuid", id);

    given().get("/jobs/" + id + "/history").then().statusCode(404);
  }

  private static Instant minute(int ago) {
    return Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(ago));
  }

  private void row(Instant minute, UUID job, String model, int succeeded, int reused, int failed) {
    Statements.change(
        sql,
        "INSERT INTO job_minute (minute, job_id, model, version, succeeded, reused, failed) VALUES (?::timestamptz, ?, ?, 1, ?, ?, ?)",
        minute.toString(),
        job,
        model,
        succeeded,
        reused,
        failed);
  }
}
