package io.burnish.api.post;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that are too large fail by themselves, whole; keys that were settled are tracked. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class LargeRecordsTest {

  @Test
  void a_record_that_is_too_large_fails_alone_and_is_returned_complete() {
    String huge =
        "{\"discount_id\":\"big\", \"n\":1.10, \"title\":\"ש\\u05d1🎁\",\"description\":\"%s\"}"
            .formatted("a ש ".repeat(600_000));
    String body =
        "[" + Discounts.readable("s1") + ",\n" + huge + "," + Discounts.readable("s2") + "]";

    JsonPath job = Api.ended(Api.post(body));

    assertThat(job.getInt("counts.total")).isEqualTo(3);
    assertThat(job.getInt("counts.failed")).isEqualTo(1);
    String id = job.getString("id");
    String failed = given().get("/jobs/" + id + "/failures?format=records").asString();
    assertThat(RecordJson.read(failed).get(0)).isEqualTo(RecordJson.read(huge));
    given()
        .get("/jobs/" + id + "/failures")
        .then()
        .statusCode(200)
        .body("[0].record.discount_id", equalTo("big"))
        .body("[0].errors[0]", containsString("burnish.intake.max-record"));
    given().accept("text/plain").get("/jobs/" + id).then().body(containsString("record_too_large"));
  }

  @Test
  void a_record_that_is_too_large_in_ndjson_fails_alone() {
    String huge = "{\"a\":\"%s\"}".formatted("x".repeat(300_000));

    String id =
        given()
            .contentType("application/x-ndjson; charset=utf-8")
            .body(("{\"b\":1}\n" + huge + "\n{\"c\":2}\n").getBytes(StandardCharsets.UTF_8))
            .post("/jobs")
            .then()
            .statusCode(202)
            .body("counts.total", equalTo(3))
            .extract()
            .path("id");

    String failed = given().get("/jobs/" + id + "/failures?format=records").asString();
    assertThat(RecordJson.read(failed).get(1)).isEqualTo(RecordJson.read(huge));
  }

  @Test
  void each_key_that_was_settled_by_the_same_answer_is_tracked() {
    String text = "\"title\":\"Lamp for keys\",\"price\":\"15% off\"";
    String body =
        "[{\"discount_id\":\"key-a\",%1$s},{\"discount_id\":\"key-b\",%1$s}]".formatted(text);

    Api.ended(Api.post(body));
    Api.ended(Api.post("[{\"discount_id\":\"key-c\",%s}]".formatted(text)));

    for (String key : List.of("key-a", "key-b", "key-c")) {
      given().get("/tracking/" + key).then().statusCode(200);
    }
    assertThat(given().get("/tracking/state").jsonPath().getList("processed_discounts"))
        .contains("key-a", "key-b", "key-c");
    given().delete("/tracking?key=key-c").then().statusCode(200);
    given().get("/tracking/key-a").then().statusCode(404);
  }

  @Test
  void blank_ids_of_a_state_file_are_counted() {
    given()
        .body(Map.of("processed_discounts", java.util.Arrays.asList(null, "", " ", "pass-1")))
        .contentType("application/json")
        .put("/tracking/state")
        .then()
        .statusCode(200)
        .body("processed", equalTo(1))
        .body("passedOver", equalTo(3));
  }
}
