package io.burnish.api.post;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.fixtures.Statements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class DryRunTest {

  private static final String MODEL = "simulated/openai/gpt-oss-120b";

  @Inject Sql sql;

  /** REST Assured names another charset for NDJSON. */
  @BeforeEach
  void send_utf_8() {
    RestAssured.config =
        RestAssured.config()
            .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8"));
  }

  /** An estimate learns from the latest answers: those of other tests would be asked again. */
  @BeforeEach
  void forget_answers_of_other_tests() {
    Statements.run(sql, "UPDATE provider_call SET raw_answer = NULL WHERE raw_answer IS NOT NULL");
  }

  private static JsonPath estimate(RequestSpecification request) {
    return request.post("/jobs?dryRun=true").then().statusCode(200).extract().jsonPath();
  }

  private static JsonPath estimate(String body) {
    return estimate(given().contentType("application/json").body(body));
  }

  private long stored() {
    return sql.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM provider_call)")) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Test
  void every_kind_of_body_is_estimated_and_nothing_is_stored() {
    String records = Discounts.list(Discounts.readable(40));
    String lines = String.join("\n", List.of(Discounts.readable("1").toString(), "{}"));
    long before = stored();

    JsonPath json = estimate(records);
    JsonPath ndjson =
        estimate(
            given()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .queryParam("priority", "high"));
    JsonPath files =
        estimate(
            given()
                .multiPart("file", "a.json", records.getBytes(StandardCharsets.UTF_8))
                .multiPart("file", "b.json", "[,]".getBytes(StandardCharsets.UTF_8)));

    assertThat(stored()).isEqualTo(before);
    assertThat(json.getLong("records")).isEqualTo(40);
    assertThat(json.getLong("toAsk")).isEqualTo(40);
    assertThat(json.getLong("calls")).isBetween(3L, 40L);
    assertThat(json.getLong("models.'" + MODEL + "'.records")).isEqualTo(40);
    assertThat(json.getDouble("cost")).isZero();
    assertThat(json.getLong("tokens.prompt")).isGreaterThan(3 * 300);
    assertThat(json.getLong("tokens.completion")).isGreaterThan(40 * 10);
    Instant starts = Instant.parse(json.getString("startsAt"));
    assertThat(Instant.parse(json.getString("endsAt"))).isAfter(starts);
    assertThat(ndjson.getLong("records")).isEqualTo(2);
    assertThat(ndjson.getLong("toAsk")).isEqualTo(1);
    assertThat(files.getLong("toAsk")).isEqualTo(40);
    assertThat(files.getString("files[0].name")).isEqualTo("b.json");
    assertThat(files.getString("files[0].error")).contains("line 1, column 2");
  }

  @Test
  void rejected_duplicate_and_known_records_need_no_call() {
    ObjectNode known = Discounts.readable("1");
    Scenario.given(known).ended().assertCounts(1, 0);
    ObjectNode fresh = Discounts.readable("2");

    JsonPath estimate =
        estimate(
            Discounts.list(
                known,
                known.deepCopy().put("discount_id", "3"),
                fresh,
                fresh.deepCopy().put("discount_id", "4"),
                Discounts.empty("5"),
                Discounts.empty("6")));

    assertThat(estimate.getLong("records")).isEqualTo(6);
    assertThat(estimate.getLong("rejected.total")).isEqualTo(2);
    assertThat(estimate.getString("rejected.byCode[0].code")).isEqualTo("nothing_to_enhance");
    assertThat(estimate.getLong("rejected.byCode[0].records")).isEqualTo(2);
    assertThat(estimate.getString("rejected.byCode[0].example")).isNotBlank();
    assertThat(estimate.getLong("duplicates")).isEqualTo(2);
    assertThat(estimate.<Map<String, Integer>>get("known"))
        .isEqualTo(Map.of("total", 1, "reused", 1, "failed", 0));
    assertThat(estimate.getLong("toAsk")).isEqualTo(1);
    assertThat(estimate.getLong("calls")).isEqualTo(1);
  }

  @Test
  void keys_that_were_sent_before_are_known_with_dedupe_id() {
    ObjectNode known = Discounts.readable("dry-run-key");
    Scenario.given(known).ended().assertCounts(1, 0);

    JsonPath estimate =
        estimate(
            "{\"options\":{\"dedupe\":\"id\"},\"records\":%s}"
                .formatted(Discounts.list(known, Discounts.readable("dry-run-other"))));

    assertThat(estimate.getLong("known.total")).isEqualTo(1);
    assertThat(estimate.getLong("toAsk")).isEqualTo(1);
  }

  @Test
  void a_batch_without_open_records_takes_no_time_and_nothing_starts() {
    JsonPath estimate =
        estimate(
            "{\"mode\":\"store\",\"records\":%s}"
                .formatted(Discounts.list(Discounts.readable("1"))));

    assertThat(estimate.getLong("calls")).isZero();
    assertThat(estimate.getLong("seconds")).isZero();
    assertThat(estimate.getString("startsAt")).isNull();
    assertThat(estimate.getString("endsAt")).isNotNull();
    assertThat(estimate.getDouble("cost")).isZero();
  }

  @Test
  void the_idempotency_key_is_ignored() {
    String records = Discounts.list(Discounts.readable("1"));
    String others = Discounts.list(Discounts.readable("2"));
    underKey(records).post("/jobs?dryRun=true").then().statusCode(200);
    underKey(others).post("/jobs?dryRun=true").then().statusCode(200);

    String id =
        underKey(records).post("/jobs?dryRun=false").then().statusCode(202).extract().path("id");

    underKey(others).post("/jobs?dryRun=true").then().statusCode(200);

    new PostedJob(id).ended();
  }

  private static RequestSpecification underKey(String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", "dry-run-1")
        .body(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE"})
  void a_value_other_than_true_and_false_is_refused(String value) {
    long before = stored();

    given()
        .contentType("application/json")
        .body(Discounts.list(Discounts.readable("1")))
        .post("/jobs?dryRun=" + value)
        .then()
        .statusCode(422)
        .body("violations.field", equalTo(List.of("dryRun")))
        .body("detail", containsString("known are true and false"));

    assertThat(stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dryrun", "dry_run", "DRY-RUN", "dry-run"})
  void another_spelling_is_refused_and_nothing_is_stored(String name) {
    long before = stored();

    given()
        .contentType("application/json")
        .body(Discounts.list(Discounts.readable("1")))
        .post("/jobs?" + name + "=true")
        .then()
        .statusCode(422)
        .body("violations.field", equalTo(List.of(name)))
        .body("detail", containsString("a dry run is dryRun=true"));

    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void a_body_that_is_no_job_is_refused_as_without_a_dry_run() {
    given()
        .contentType("application/json")
        .body("{\"options\":{\"priority\":1},\"records\":[]}")
        .post("/jobs?dryRun=true")
        .then()
        .statusCode(422)
        .body("violations.field", equalTo(List.of("options.priority")));
  }
}
