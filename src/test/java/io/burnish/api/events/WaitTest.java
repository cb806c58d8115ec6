package io.burnish.api.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for jobs, and their tags. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class WaitTest {

  private static final AtomicInteger CONTENTS = new AtomicInteger();

  @TestHTTPResource URI service;

  private final HttpClient http = HttpClient.newHttpClient();

  private static String posted() {
    return Api.post(Discounts.list(Discounts.readable("wait-" + CONTENTS.incrementAndGet())));
  }

  private CompletableFuture<HttpResponse<String>> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static void control(String job, String verb) {
    given().post("/jobs/" + job + "/" + verb).then().statusCode(200);
  }

  @Test
  void a_tag_is_weak_and_changes_with_the_job() {
    String job = posted();
    Response json = given().get("/jobs/" + job);
    Response text = given().accept("text/plain").get("/jobs/" + job);

    assertThat(json.header("ETag")).startsWith("W/\"").isNotEqualTo(text.header("ETag"));
    assertThat(json.header("Vary")).isEqualTo("Accept");
    assertThat(json.header("Retry-After")).matches("[1-9]|[1-5]\\d|60");
    for (String known : List.of(json.header("ETag"), "\"x\", " + json.header("ETag"), "*")) {
      given()
          .header("If-None-Match", known)
          .get("/jobs/" + job)
          .then()
          .statusCode(304)
          .header("ETag", equalTo(json.header("ETag")))
          .body(equalTo(""));
    }
    given().header("If-None-Match", text.header("ETag")).get("/jobs/" + job).then().statusCode(200);

    control(job, "pause");

    given()
        .header("If-None-Match", json.header("ETag"))
        .get("/jobs/" + job)
        .then()
        .statusCode(200)
        .header("ETag", startsWith("W/\""));
    control(job, "cancel");
    assertThat(given().get("/jobs/" + job).header("Retry-After")).isNull();
  }

  @Test
  void without_a_tag_the_end_is_waited_for() throws Exception {
    String job = posted();
    CompletableFuture<HttpResponse<String>> waiting = get("/jobs/" + job + "?wait=30");
    control(job, "pause");
    TimeUnit.MILLISECONDS.sleep(900);
    assertThat(waiting).isNotDone();

    control(job, "cancel");

    HttpResponse<String> answer = waiting.get(10, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RecordJson.read(answer.body()).path("state").asText()).isEqualTo("cancelled");
  }

  @Test
  void with_a_tag_a_change_is_waited_for() throws Exception {
    String job = posted();
    String tag = given().get("/jobs/" + job).header("ETag");
    CompletableFuture<HttpResponse<String>> waiting =
        get("/jobs/" + job + "?wait=30", "If-None-Match", tag);
    TimeUnit.MILLISECONDS.sleep(900);
    assertThat(waiting).isNotDone();

    control(job, "pause");

    HttpResponse<String> answer = waiting.get(10, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RecordJson.read(answer.body()).path("state").asText()).isEqualTo("paused");
  }

  @Test
  void the_time_ends_a_wait() throws Exception {
    String job = posted();
    String tag = given().get("/jobs/" + job).header("ETag");

    CompletableFuture<HttpResponse<String>> plain = get("/jobs/" + job + "?wait=1");
    CompletableFuture<HttpResponse<String>> tagged =
        get("/jobs/" + job + "?wait=1", "If-None-Match", tag);

    assertThat(plain.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(tagged.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(304);
  }

  @Test
  void a_job_that_is_deleted_ends_a_wait() throws Exception {
    String job = posted();
    control(job, "cancel");
    String tag = given().get("/jobs/" + job).header("ETag");
    CompletableFuture<HttpResponse<String>> waiting =
        get("/jobs/" + job + "?wait=30", "If-None-Match", tag);
    TimeUnit.MILLISECONDS.sleep(500);

    given().delete("/jobs/" + job).then().statusCode(204);

    assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "61", "1.5", "-1", "5s", "01"})
  void a_wrong_wait_is_refused(String wait) {
    given()
        .queryParam("wait", wait)
        .get("/jobs/" + posted())
        .then()
        .statusCode(422)
        .body("detail", containsString("1 to 60"));
  }

  @Test
  void a_malformed_tag_is_refused() {
    given()
        .header("If-None-Match", "abc")
        .get("/jobs/" + posted())
        .then()
        .statusCode(422)
        .body("detail", containsString("in quotes"));
  }

  @Test
  void many_clients_wait_without_a_thread_each() throws Exception {
    String job = posted();
    List<CompletableFuture<HttpResponse<String>>> waiting =
        IntStream.range(0, 400).mapToObj(i -> get("/jobs/" + job + "?wait=60")).toList();
    TimeUnit.MILLISECONDS.sleep(1_500);

    given().get("/jobs/" + job).then().statusCode(200);
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("executor-thread"))
            .count();
    control(job, "cancel");

    assertThat(threads).isLessThan(100);
    for (CompletableFuture<HttpResponse<String>> answer : waiting) {
      assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void events_tell_each_state_until_the_end() throws Exception {
    String job = posted();
    CompletableFuture<List<String>> lines = events("/jobs/" + job + "/events", "");
    TimeUnit.MILLISECONDS.sleep(900);
    control(job, "pause");
    TimeUnit.MILLISECONDS.sleep(900);
    control(job, "cancel");

    List<String> got = lines.get(10, TimeUnit.SECONDS);
    assertThat(states(got)).containsExactly("queued", "paused", "cancelled");
    List<Long> ids =
        got.stream()
            .filter(line -> line.startsWith("id:"))
            .map(line -> Long.valueOf(line.substring(3).strip()))
            .toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids.get(2)).isEqualTo(Api.job(job).getLong("version"));
  }

  @Test
  void after_a_reconnect_the_present_state_comes_once() throws Exception {
    String job = posted();
    control(job, "cancel");
    String version = Api.now(job, "/version");

    assertThat(states(events("/jobs/" + job + "/events", "0").get(10, TimeUnit.SECONDS)))
        .containsExactly("cancelled");
    assertThat(states(events("/jobs/" + job + "/events", version).get(10, TimeUnit.SECONDS)))
        .isEmpty();
  }

  @Test
  void the_events_of_all_jobs_tell_what_ended_meanwhile() throws Exception {
    String open = posted();
    String ended = posted();
    List<String> got = new ArrayList<>();
    String lastId;
    try (Stream<String> lines = stream("/events", "")) {
      lines.takeWhile(line -> !line.contains(open) || !got.add(line)).forEach(got::add);
      lastId =
          got.stream().filter(line -> line.startsWith("id:")).reduce((a, b) -> b).orElseThrow();
    }
    control(ended, "cancel");

    List<String> after = new ArrayList<>();
    try (Stream<String> lines = stream("/events", lastId.substring(3).strip())) {
      lines.takeWhile(line -> !line.contains(open) || !after.add(line)).forEach(after::add);
    }

    assertThat(got).anyMatch(line -> line.contains(ended) && line.contains("\"queued\""));
    assertThat(after).anyMatch(line -> line.contains(ended) && line.contains("\"cancelled\""));
  }

  private static List<String> states(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("data:"))
        .map(line -> RecordJson.read(line.substring(5)).path("state").asText())
        .toList();
  }

  private CompletableFuture<List<String>> events(String path, String lastId) {
    return http.sendAsync(request(path, lastId), BodyHandlers.ofLines())
        .thenApplyAsync(response -> response.body().toList());
  }

  private Stream<String> stream(String path, String lastId) throws Exception {
    return http.send(request(path, lastId), BodyHandlers.ofLines()).body();
  }

  private HttpRequest request(String path, String lastId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(20));
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    return request.build();
  }
}
