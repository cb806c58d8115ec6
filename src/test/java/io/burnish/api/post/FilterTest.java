package io.burnish.api.post;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.ApiWithoutWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter of a job chooses which posted records become items. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class FilterTest {

  private static final String RECORDS =
      """
      [{"discount_id":"1","title":"20% off","club_name":"hot"},{"discount_id":2,"title":"30% off","club_name":"cold"},
       {"discount_id":"3","title":"40% off","club_name":"hot"},{"discount_id":"4","title":"50% off"},7]
      """;

  @Inject Sql sql;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 1,2,3,4, | 0",
        "{\"maxResults\":2} | 1,2 | 3",
        "{\"keys\":[\"2\",3,\"9\"]} | 2,3 | 3",
        "{\"fields\":{\"club_name\":\"hot\"}} | 1,3 | 3",
        "{\"fields\":{\"club_name\":[\"hot\",\"cold\"]},\"maxResults\":2} | 1,2 | 3",
        "{\"fields\":{\"club_name\":\"hot\"},\"keys\":[\"3\"]} | 3 | 4",
        "{\"keys\":[\"9\"]} | '' | 5",
      })
  void only_what_passes_becomes_an_item(String filter, String keys, int filtered) {
    String id =
        given()
            .contentType("application/json")
            .body("{\"records\":%s,\"options\":{\"filter\":%s}}".formatted(RECORDS, filter))
            .post("/jobs")
            .then()
            .statusCode(202)
            .body("filtered", equalTo(filtered))
            .body("counts.total", equalTo(5 - filtered))
            .extract()
            .path("id");

    assertThat(String.join(",", keysOf(id))).isEqualTo(keys);
  }

  private List<String> keysOf(String job) {
    return sql.run(
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT COALESCE(record_key, '') FROM item WHERE job_id = ? ORDER BY seq")) {
            select.setObject(1, UUID.fromString(job));
            try (ResultSet rows = select.executeQuery()) {
              List<String> keys = new ArrayList<>();
              while (rows.next()) {
                keys.add(rows.getString(1));
              }
              return keys;
            }
          }
        });
  }

  @Test
  void lines_take_max_results() {
    given()
        .contentType("application/x-ndjson;charset=utf-8")
        .body("{\"title\":\"10% off\"}\n{\"title\":\"20% off\"}\n".getBytes(UTF_8))
        .post("/jobs?maxResults=1")
        .then()
        .statusCode(202)
        .body("counts.total", equalTo(1))
        .body("filtered", equalTo(1));
    given()
        .contentType("application/x-ndjson;charset=utf-8")
        .body("{}".getBytes(UTF_8))
        .post("/jobs?maxResults=x")
        .then()
        .statusCode(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | must be an object",
        "{\"maxResults\":0} | options.filter.maxResults",
        "{\"maxResults\":\"5\"} | options.filter.maxResults",
        "{\"keys\":[]} | options.filter.keys",
        "{\"keys\":[{}]} | options.filter.keys",
        "{\"fields\":[]} | options.filter.fields",
        "{\"fields\":{\"a\":null}} | options.filter.fields.a",
        "{\"nope\":1} | known are keys, fields, maxResults",
      })
  void a_wrong_filter_is_refused(String filter, String words) {
    given()
        .contentType("application/json")
        .body("{\"records\":[],\"options\":{\"filter\":%s}}".formatted(filter))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("detail", containsString(words));
  }
}
