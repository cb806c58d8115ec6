package io.burnish.api.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.startsWith;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Statements;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is fetched of a job. Its records come enhanced, so that no worker is needed. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ResultsTest {

  private static final String LINES = "application/x-ndjson";

  /** Several pages. */
  private static final int MANY = 1_700;

  @Inject Sql sql;

  @TestHTTPResource("/")
  URL root;

  @Test
  void results_are_available_as_ndjson() {
    String id = store("\"records\":" + records(0, MANY));

    String lines =
        given()
            .accept(LINES)
            .get("/jobs/" + id + "/results")
            .then()
            .statusCode(200)
            .contentType(startsWith(LINES))
            .extract()
            .asString();

    assertThat(lines).endsWith("}\n");
    assertThat(lines.lines().map(line -> RecordJson.read(line).path("discount_id").asInt()))
        .containsExactlyElementsOf(IntStream.range(0, MANY).boxed().toList());
    assertThat(
            given()
                .accept("application/json;q=0.5, application/x-ndjson")
                .get("/jobs/" + id + "/results")
                .contentType())
        .startsWith(LINES);
    assertThat(given().accept("*/*").get("/jobs/" + id + "/results").contentType())
        .startsWith("application/json");
  }

  @Test
  void failures_are_available_as_ndjson() {
    String id = store("\"records\":[{\"b\" : 1},7]");

    String failures = given().accept(LINES).get("/jobs/" + id + "/failures").asString();
    String records =
        given()
            .accept(LINES)
            .queryParam("format", "records")
            .get("/jobs/" + id + "/failures")
            .asString();

    assertThat(failures.lines()).hasSize(2).allMatch(line -> line.contains("\"errors\":["));
    assertThat(records).isEqualTo("{\"b\":1}\n7\n");
  }

  @Test
  void each_file_of_a_job_can_be_fetched() {
    String id =
        store(
            "\"files\":[{\"name\":\"a\",\"records\":%s},{\"name\":\"b\",\"records\":%s},{\"name\":\"none\",\"records\":[]},{\"name\":\"c\",\"records\":[1,%s]}]"
                .formatted(records(0, 700), records(700, MANY), inner(MANY, MANY + 2)));

    assertThat(ids(id, "a")).isEqualTo(range(0, 700));
    assertThat(ids(id, "b")).isEqualTo(range(700, MANY));
    assertThat(ids(id, "none")).isEmpty();
    assertThat(ids(id, "c")).isEqualTo(range(MANY, MANY + 2));
    assertThat(
            given()
                .queryParam("file", "c")
                .get("/jobs/" + id + "/failures")
                .jsonPath()
                .getList("record"))
        .isEqualTo(List.of(1));
    assertThat(
            given()
                .queryParam("file", "b")
                .get("/jobs/" + id + "/failures")
                .jsonPath()
                .getList("$"))
        .isEmpty();
  }

  @Test
  void large_records_are_read_in_smaller_pages() {
    String text = "ש".repeat(900_000);
    String list =
        IntStream.range(0, 7)
            .mapToObj(i -> "{\"discount_id\":%d,\"x\":\"%s\"}".formatted(i, text))
            .collect(Collectors.joining(",", "[", "]"));

    String id = store("\"records\":" + list);

    assertThat(Api.get(id, "/failures?format=records").getList("discount_id"))
        .isEqualTo(range(0, 7));
  }

  @Test
  void a_download_that_fails_midway_does_not_look_complete() {
    String id = store("\"records\":" + records(0, MANY));
    spoilResult(id, MANY - 100);

    for (int again = 0; again < 20; again++) {
      String form = again % 2 == 0 ? "application/json" : LINES;
      assertThatThrownBy(() -> download(id, form)).as(form).isInstanceOf(IOException.class);
    }
  }

  private String download(String id, String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + "jobs/" + id + "/results"))
            .header("Accept", form)
            .timeout(Duration.ofSeconds(60))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String store(String records) {
    return Api.post("{\"mode\":\"store\"," + records + "}");
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static List<Integer> ids(String job, String file) {
    JsonPath results = given().queryParam("file", file).get("/jobs/" + job + "/results").jsonPath();
    return results.getList("discount_id").stream()
        .map(id -> Integer.valueOf(id.toString()))
        .toList();
  }

  private static String records(int from, int to) {
    return "[" + inner(from, to) + "]";
  }

  private static String inner(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(ResultsTest::enhanced)
        .collect(Collectors.joining(",\n"));
  }

  private static String enhanced(int id) {
    return """
    {"discount_id":"%d","title":"Lamps","price":20,"discount_type":"percentage","description":"20%% off","image_link":"",
     "discount_link":"","terms_and_conditions":"","club_name":["Corner Club"],"category":["home"],"valid_until":"",
     "usage_limit":1,"coupon_code":"","provider_link":"","consumer_statuses":["Young"],"favorites":[]}"""
        .formatted(id);
  }

  /** In place of any error during a download: the database or a disk is gone. */
  private void spoilResult(String job, int seq) {
    Statements.change(
        sql,
        "UPDATE item_result r SET record = '{' FROM item i WHERE i.id = r.item_id AND i.job_id = ? AND i.seq = ?",
        UUID.fromString(job),
        seq);
  }
}
