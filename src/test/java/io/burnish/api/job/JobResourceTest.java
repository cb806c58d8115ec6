package io.burnish.api.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.record.RecordJson;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class JobResourceTest {

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  Simulator simulator;

  @Test
  void a_list_of_records_becomes_a_job_with_enhanced_results() {
    ObjectNode lamp = Discounts.readable("7");

    String id =
        given()
            .contentType("application/json")
            .body(Discounts.list(lamp))
            .when()
            .post("/jobs")
            .then()
            .statusCode(202)
            .header("Location", containsString("/jobs/"))
            .body("state", oneOf("queued", "running", "completed"))
            .body("counts.total", equalTo(1))
            .body("provider", equalTo("simulated"))
            .extract()
            .path("id");

    JsonPath job = Api.ended(id);
    assertThat(job.getString("outcome")).isEqualTo("succeeded");
    assertThat(job.getInt("counts.succeeded")).isEqualTo(1);
    assertThat(job.getDouble("progress")).isEqualTo(1);
    assertThat(job.getInt("tokens.prompt")).isPositive();
    assertThat(job.getMap("models").keySet())
        .allSatisfy(model -> assertThat(model.toString()).startsWith("simulated/"));
    List<Map<String, Object>> results = Api.get(id, "/results").getList("$");
    assertThat(results)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.keySet())
                  .containsExactly(
                      "discount_id",
                      "title",
                      "price",
                      "discount_type",
                      "description",
                      "image_link",
                      "discount_link",
                      "terms_and_conditions",
                      "club_name",
                      "category",
                      "valid_until",
                      "usage_limit",
                      "coupon_code",
                      "provider_link",
                      "consumer_statuses",
                      "favorites");
              assertThat(result)
                  .containsEntry("price", 20)
                  .containsEntry("discount_type", "percentage")
                  .containsEntry("title", lamp.path("title").asText())
                  .containsEntry("usage_limit", 1)
                  .containsEntry("club_name", List.of("Corner Club"));
            });
  }

  @Test
  void results_are_indented_by_two_unescaped_and_in_input_order() {
    String id =
        Scenario.given(
                Discounts.readable("first").put("description", "מבצע 20% \uD83C\uDF81"),
                Discounts.readable("second"),
                Discounts.readable("third"))
            .ended()
            .id();

    String results = given().get("/jobs/" + id + "/results").asString();

    assertThat(results)
        .startsWith("[\n  {\n    \"discount_id\": \"first\",\n")
        .endsWith("\n  }\n]\n");
    assertThat(results).contains("מבצע 20% \uD83C\uDF81").contains("\"favorites\": []");
    assertThat(JsonPath.from(results).getList("discount_id"))
        .containsExactly("first", "second", "third");
  }

  @Test
  void results_can_be_read_file_by_file() {
    String body =
        "{\"name\":\"nightly\",\"files\":[{\"name\":\"a b.json\",\"records\":%s},{\"name\":\"ג.json\",\"records\":%s}]}"
            .formatted(
                Discounts.list(Discounts.readable("1"), Discounts.empty("2")),
                Discounts.list(Discounts.readable("1")));

    String id = Api.post(body);

    JsonPath job = Api.ended(id);
    assertThat(job.getString("name")).isEqualTo("nightly");
    assertThat(job.getString("outcome")).isEqualTo("partial");
    assertThat(job.getList("files.name")).containsExactly("a b.json", "ג.json");
    assertThat(job.getList("files.counts.succeeded")).containsExactly(1, 1);
    assertThat(job.getList("files.counts.failed")).containsExactly(1, 0);
    assertThat(
            given()
                .queryParam("file", "ג.json")
                .get("/jobs/" + id + "/results")
                .jsonPath()
                .getList("$"))
        .hasSize(1);
    assertThat(
            given()
                .urlEncodingEnabled(false)
                .get(job.getString("files[0].links.failures"))
                .jsonPath()
                .getList("record.discount_id"))
        .containsExactly("2");
    given().queryParam("file", "none.json").get("/jobs/" + id + "/results").then().statusCode(404);
  }

  @Test
  void an_empty_record_fails_without_a_call_and_is_returned_unchanged() {
    String odd = "{\"discount_id\" : \"9\", \"price\":\"N/A\",  \"extra\": 1.10, \"x\": 1e5}";
    String id = Api.post("[" + odd + ", 5, " + RecordJson.write(Discounts.readable("N/A")) + "]");

    JsonPath job = Api.ended(id);
    assertThat(job.getString("outcome")).isEqualTo("failed");
    assertThat(job.getMap("models")).isEmpty();
    JsonPath failures = Api.get(id, "/failures");
    assertThat(failures.getList("errors.flatten()"))
        .hasSize(3)
        .anySatisfy(error -> assertThat(error.toString()).contains("are all empty or N/A"))
        .anySatisfy(error -> assertThat(error.toString()).contains("must be a JSON object"))
        .anySatisfy(error -> assertThat(error.toString()).contains("no discount_id"));
    assertThat(failures.getList("attempts")).containsExactly(List.of(), List.of(), List.of());
    String originals =
        given().queryParam("format", "records").get("/jobs/" + id + "/failures").asString();
    assertThat(originals).contains("\"extra\": 1.10").contains("5,");
    assertThat(given().accept("text/plain").get("/jobs/" + id).asString())
        .contains("1 x nothing_to_enhance", "SIMULATED");
  }

  @Test
  void an_empty_list_is_a_completed_job() {
    String id = Api.post("[]");

    assertThat(Api.job(id).getString("outcome")).isEqualTo("succeeded");
    assertThat(given().get("/jobs/" + id + "/results").asString()).isEqualTo("[]\n");
  }

  @Test
  void the_same_content_is_sent_once() {
    ObjectNode lamp = Discounts.readable("1");
    ObjectNode twin = lamp.deepCopy().put("discount_id", "2").put("valid_until", "31.12.26");

    PostedJob first = Scenario.given(lamp, twin).ended().assertReused(1);
    PostedJob second =
        Scenario.given(lamp.deepCopy().put("discount_id", "3")).ended().assertReused(1);

    assertThat(first.results("valid_until")).containsExactly("", "31.12.26");
    assertThat(second.view().getMap("models")).isEmpty();
    assertThat(second.results("discount_id")).containsExactly("3");
  }

  @Test
  void without_dedupe_every_record_is_sent() {
    ObjectNode lamp = Discounts.readable("1");

    Scenario.given(lamp, lamp).dedupe("none").ended().assertCounts(2, 0).assertReused(0);
  }

  @Test
  void failed_records_are_sent_again_only_with_retry_failed() {
    ObjectNode hopeless = Discounts.readable("1");
    Scenario.given(hopeless)
        .onProvider(simulator, hopeless, InjectedFault.WRONG_CATEGORY)
        .ended()
        .assertCounts(0, 1);

    PostedJob second = Scenario.given(hopeless).ended();
    assertThat(second.view().getMap("models")).isEmpty();
    assertThat(second.errors().get(0)).contains("not sent", "retryFailed");

    simulator.clear();
    PostedJob third = Scenario.given(hopeless).retryFailed().ended().assertOutcome("succeeded");
    assertThat(third.view().getMap("models")).isNotEmpty();
  }

  @Test
  void a_text_that_names_no_price_fails_without_a_call_and_says_why() {
    PostedJob job = Scenario.given(Discounts.readable("1", "ask in the shop")).ended();

    assertThat(job.view().getMap("models")).isEmpty();
    assertThat(job.errors().get(0)).contains("no answer could be proven");
  }

  @Test
  void stored_records_are_checked_and_kept_without_a_call() {
    String enhance = Scenario.given(1).ended().id();
    String enhanced = given().get("/jobs/" + enhance + "/results").asString();

    String id =
        Api.post(
            "{\"mode\":\"store\",\"records\":[%s,{\"discount_id\":\"2\"}]}"
                .formatted(enhanced.strip().substring(1, enhanced.strip().length() - 1)));

    JsonPath job = Api.job(id);
    assertThat(job.getString("state")).isEqualTo("completed");
    assertThat(job.getString("mode")).isEqualTo("store");
    assertThat(job.getInt("counts.succeeded")).isEqualTo(1);
    assertThat(Api.get(id, "/failures").getString("errors[0][0]"))
        .contains("not in the record: title");
  }

  @Test
  void a_malformed_upload_does_not_stop_the_other_files() {
    String broken = "[\n  {\"title\": \"ע\"ב\"}\n]";

    String id =
        given()
            .multiPart(
                "file",
                "good.json",
                Discounts.list(Discounts.readable("1")).getBytes(StandardCharsets.UTF_8),
                "application/json")
            .multiPart(
                "file", "broken.json", broken.getBytes(StandardCharsets.UTF_8), "application/json")
            .multiPart("job", "{\"name\":\"two files\"}", "application/json")
            .when()
            .post("/jobs")
            .then()
            .statusCode(202)
            .body("files.state", equalTo(List.of("accepted", "rejected")))
            .body("files[1].error", containsString("line 2, column 16"))
            .body("files[0].error", nullValue())
            .extract()
            .path("id");

    JsonPath job = Api.ended(id);
    assertThat(job.getString("outcome")).isEqualTo("partial");
    assertThat(job.getInt("counts.succeeded")).isEqualTo(1);
    assertThat(job.getString("name")).isEqualTo("two files");
  }

  @Test
  void malformed_json_is_refused_with_line_and_column() {
    given()
        .contentType("application/json")
        .body("[\n{\"title\": \"שלום\" oops}]")
        .post("/jobs")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", endsWith(":malformed"))
        .body("line", equalTo(2))
        .body("column", equalTo(18))
        .body("detail", containsString("unexpected 'o'"));
  }

  @Test
  void every_error_is_listed_at_once() {
    given()
        .contentType("application/json")
        .body("{\"record\":[],\"mode\":\"enrich\",\"options\":{\"dedup\":1},\"records\":[]}")
        .post("/jobs")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("violations.field", hasItem("record"))
        .body("violations.field", hasItem("mode"))
        .body("violations.field", hasItem("options.dedup"));
  }

  @Test
  void a_missing_resource_is_a_problem() {
    given().get("/jobs/nonsense").then().statusCode(404).contentType("application/problem+json");
    given()
        .get("/jobs/01890000-0000-7000-8000-000000000000")
        .then()
        .statusCode(404)
        .body("detail", containsString("there is no job"));
    given().get("/nowhere").then().statusCode(404).contentType("application/problem+json");
    given()
        .contentType("text/csv")
        .body("a,b")
        .post("/jobs")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    given().delete("/jobs").then().statusCode(405).contentType("application/problem+json");
  }

  @Test
  void probes_metrics_and_contract_are_served() {
    given()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("checks.name", equalTo(List.of("worker loops")));
    given().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Database"));
    given().get("/q/health/started").then().statusCode(200);
    given().get("/jobs").then().statusCode(200);
    given().get(metrics).then().statusCode(200).body(containsString("http_server_requests"));
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("paths.keySet()", hasItem("/jobs/{id}/results"));
  }
}
