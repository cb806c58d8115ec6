package io.burnish.api.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Control of jobs, while the test itself is the worker. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ControlTest {

  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");
  private static final AtomicInteger CONTENTS = new AtomicInteger();

  @Inject ItemQueue queue;
  @Inject Sql sql;

  /** A claim looks at 50 jobs: those that other tests left could hide the job of this one. */
  @BeforeEach
  void there_are_no_jobs() {
    Statements.empty(sql, "job");
  }

  private static String posted(int records) {
    return posted(records, "{}");
  }

  private static String posted(int records, String options) {
    return Api.post(
        "{\"options\":%s,\"files\":[{\"name\":\"a.json\",\"records\":%s}]}"
            .formatted(
                options,
                Discounts.list(
                    IntStream.range(0, records)
                        .mapToObj(i -> Discounts.readable("control-" + CONTENTS.incrementAndGet()))
                        .toArray(ObjectNode[]::new))));
  }

  private static ValidatableResponse control(String id, String verb) {
    return given().post("/jobs/" + id + "/" + verb).then();
  }

  private ClaimedItem claimed(String job) {
    return ofJob(queue.claim(WORKER, 1_000, Long.MAX_VALUE), job);
  }

  private static ClaimedItem ofJob(List<ClaimedItem> items, String job) {
    return items.stream()
        .filter(item -> item.jobId().toString().equals(job))
        .findFirst()
        .orElseThrow();
  }

  private List<ClaimedItem> allClaimed(String job) {
    return queue.claim(WORKER, 1_000, Long.MAX_VALUE).stream()
        .filter(item -> item.jobId().toString().equals(job))
        .toList();
  }

  private static void awaitState(String job, String state) {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(Api.now(job, "/state")).isEqualTo(state));
  }

  @Test
  void a_job_without_running_items_is_cancelled_in_the_call() {
    String job = posted(3);

    control(job, "cancel")
        .statusCode(200)
        .body("state", equalTo("cancelled"))
        .body("outcome", nullValue())
        .body("finishedAt", notNullValue())
        .body("cancelRequestedAt", notNullValue())
        .body("counts.cancelled", equalTo(3))
        .body("counts.pending", equalTo(0))
        .body("files[0].counts.cancelled", equalTo(3));
    control(job, "cancel").statusCode(200).body("state", equalTo("cancelled"));
    assertThat(allClaimed(job)).isEmpty();
  }

  @Test
  void running_items_end_as_they_end_and_their_answers_are_kept() {
    String job = posted(3);
    List<ClaimedItem> running = allClaimed(job);
    queue.release(running.subList(2, 3));

    control(job, "cancel")
        .statusCode(200)
        .body("state", equalTo("queued"))
        .body("cancelRequestedAt", notNullValue())
        .body("counts.cancelled", equalTo(1))
        .body("counts.running", equalTo(2));
    control(job, "pause").statusCode(409).body("detail", containsString("about to be cancelled"));
    control(job, "retry").statusCode(409);
    queue.complete(
        List.of(
            Outcome.withoutCall(running.get(0), new Enhanced("{\"kept\":1}", "m", false)),
            Outcome.withoutCall(
                running.get(1), new Parked(WaitReason.BACKOFF, Duration.ofHours(1)))));
    awaitState(job, "cancelled");

    assertThat(Api.get(job, "/results").getList("kept")).containsExactly(1);
    assertThat(Api.job(job).getInt("counts.succeeded")).isEqualTo(1);
    assertThat(Api.job(job).getInt("counts.cancelled")).isEqualTo(2);
  }

  @Test
  void the_last_running_item_ends_a_cancelled_job() {
    String job = posted(1);
    ClaimedItem running = claimed(job);
    control(job, "cancel").statusCode(200).body("state", equalTo("queued"));

    queue.complete(List.of(Outcome.withoutCall(running, new Enhanced("{}", "m", false))));

    assertThat(Api.now(job, "/state")).isEqualTo("cancelled");
    assertThat(Api.job(job).getString("outcome")).isNull();
  }

  @Test
  void what_shared_its_content_with_a_cancelled_item_goes_on() {
    String record = Discounts.list(Discounts.readable("shared-by-two"));
    String first = Api.post(record);
    String second = Api.post(record);
    List<ClaimedItem> both = queue.claim(WORKER, 1_000, Long.MAX_VALUE);
    ClaimedItem leader = ofJob(both, first);
    ClaimedItem follower = ofJob(both, second);
    queue.acquireSingleFlight(List.of(leader));
    queue.complete(
        List.of(
            Outcome.withoutCall(
                follower, new Parked(WaitReason.IN_FLIGHT_ELSEWHERE, Duration.ofHours(1)))));
    queue.release(List.of(leader));

    control(first, "cancel").statusCode(200).body("state", equalTo("cancelled"));

    assertThat(claimed(second).id()).isEqualTo(follower.id());
  }

  @Test
  void a_paused_job_is_not_claimed_until_it_is_resumed() {
    String job = posted(2);

    control(job, "pause")
        .statusCode(200)
        .body("state", equalTo("paused"))
        .body("waitingFor.reason", equalTo("paused"))
        .body("waitingFor.until", nullValue())
        .body("paused.reason", equalTo("owner"))
        .body("paused.by", equalTo("anyone"))
        .body("paused.at", startsWith("20"));
    control(job, "pause").statusCode(200);
    assertThat(allClaimed(job)).isEmpty();
    assertThat(given().accept("text/plain").get("/jobs/" + job).asString())
        .contains("Waiting for paused: POST /jobs/" + job + "/resume");

    control(job, "resume")
        .statusCode(200)
        .body("state", equalTo("queued"))
        .body("paused", nullValue());
    control(job, "resume").statusCode(200);
    assertThat(allClaimed(job)).hasSize(2);
  }

  @Test
  void a_paused_job_can_be_cancelled() {
    String job = posted(1);
    control(job, "pause").statusCode(200);

    control(job, "cancel").statusCode(200).body("state", equalTo("cancelled"));
    control(job, "resume").statusCode(409).body("state", equalTo("cancelled"));
  }

  @Test
  void a_job_expires_at_its_deadline_and_keeps_what_is_done() {
    String job =
        posted(2, "{\"deadline\":\"%s\"}".formatted(Instant.now().plus(Duration.ofMillis(1500))));
    List<ClaimedItem> running = allClaimed(job);
    queue.complete(List.of(Outcome.withoutCall(running.get(0), new Enhanced("{}", "m", false))));
    queue.release(running.subList(1, 2));

    awaitState(job, "expired");

    assertThat(Api.job(job).getString("cancelRequestedAt")).isNull();
    assertThat(Api.job(job).getString("deadline")).isNotNull();
    assertThat(Api.job(job).getInt("counts.succeeded")).isEqualTo(1);
    assertThat(Api.job(job).getInt("counts.cancelled")).isEqualTo(1);
    control(job, "cancel").statusCode(409).body("detail", containsString("it is expired"));
  }

  @Test
  void a_finished_job_cannot_be_controlled() {
    String job = Api.post(Discounts.list(Discounts.empty("1")));

    for (String verb : List.of("cancel", "pause", "resume")) {
      control(job, verb)
          .statusCode(409)
          .body("type", equalTo("urn:burnish:problem:state-conflict"))
          .body("title", equalTo("Conflict"))
          .body("state", equalTo("completed"))
          .body("detail", containsString("it is completed"));
    }
    control(job, "retry").statusCode(200).body("state", equalTo("completed"));
  }

  @Test
  void name_priority_and_deadline_can_change() {
    String job = posted(1, "{\"metadata\":{\"build\":\"7\",\"a\":\"\"}}");

    change(
            job,
            "{\"name\":\"new\",\"priority\":\"high\",\"deadline\":\"2040-01-01T02:00:00+02:00\"}")
        .statusCode(200)
        .body("name", equalTo("new"))
        .body("priority", equalTo("high"))
        .body("deadline", equalTo("2040-01-01T00:00:00Z"))
        .body("metadata", equalTo(Map.of("a", "", "build", "7")));
    change(job, "{\"name\":null,\"deadline\":null}")
        .statusCode(200)
        .body("name", nullValue())
        .body("priority", equalTo("high"))
        .body("deadline", nullValue());
    control(job, "cancel").statusCode(200);
    change(job, "{\"name\":\"done\"}").statusCode(200).body("name", equalTo("done"));
    change(job, "{\"priority\":\"low\"}")
        .statusCode(409)
        .body("detail", containsString("Only its name can change"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | changes nothing",
        "{\"nope\":1} | known are name, priority, deadline",
        "{\"name\":\"\"} | must be text that is not empty",
        "{\"name\":7} | must be text that is not empty",
        "{\"priority\":null} | low",
        "{\"priority\":\"urgent\"} | low",
        "{\"deadline\":\"tomorrow\"} | with an offset",
        "{\"deadline\":\"+99999-01-01T00:00:00Z\"} | with an offset",
        "{\"deadline\":\"2001-01-01T00:00:00Z\"} | has passed",
        "[] | must be a JSON object",
      })
  void a_wrong_change_is_refused(String body, String words) {
    String job = posted(1);

    change(job, body).statusCode(422).body("detail", containsString(words));
  }

  private static ValidatableResponse change(String job, String body) {
    return given().contentType("application/json").body(body).patch("/jobs/" + job).then();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"deadline\":7} | options.deadline: must be a time",
        "{\"deadline\":\"2001-01-01T00:00:00Z\"} | options.deadline: has passed",
        "{\"metadata\":[]} | options.metadata: must be an object",
        "{\"metadata\":{\"a\":1}} | options.metadata.a",
      })
  void wrong_terms_are_refused_when_a_job_is_posted(String options, String words) {
    given()
        .contentType("application/json")
        .body("{\"records\":[],\"options\":%s}".formatted(options))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("detail", containsString(words));
  }

  @Test
  void a_finished_job_can_be_deleted() {
    String job = posted(1);
    given()
        .delete("/jobs/" + job)
        .then()
        .statusCode(409)
        .body("detail", containsString("Cancel it first"));
    control(job, "cancel").statusCode(200);

    given().delete("/jobs/" + job + "?tracking=true").then().statusCode(204);

    given().get("/jobs/" + job).then().statusCode(404);
    given().delete("/jobs/" + job).then().statusCode(404);
  }

  @Test
  void one_action_concerns_many_jobs() {
    String open = posted(1);
    String done = Api.post(Discounts.list(Discounts.empty("1")));
    String unknown = UUID.randomUUID().toString();

    given()
        .contentType("application/json")
        .body(
            "{\"action\":\"cancel\",\"ids\":[\"%s\",\"%s\",\"%s\"]}".formatted(open, done, unknown))
        .post("/jobs/actions")
        .then()
        .statusCode(200)
        .body("matched", equalTo(2))
        .body("done", equalTo(1))
        .body("refused[0].id", equalTo(done))
        .body("refused[0].detail", containsString("it is completed"))
        .body("unknown", equalTo(List.of(unknown)));
    assertThat(Api.now(open, "/state")).isEqualTo("cancelled");
  }

  @Test
  void an_action_concerns_all_jobs_that_meet_its_conditions() {
    String open = posted(1);
    String other = posted(1);
    change(open, "{\"name\":\"of the filter\"}").statusCode(200);

    given()
        .contentType("application/json")
        .body("{\"action\":\"pause\",\"filter\":{\"name\":\"THE FILTER\",\"state\":\"queued\"}}")
        .post("/jobs/actions")
        .then()
        .statusCode(200)
        .body("matched", equalTo(1))
        .body("done", equalTo(1));

    assertThat(Api.now(open, "/state")).isEqualTo("paused");
    assertThat(Api.now(other, "/state")).isEqualTo("queued");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} {}", "{\"a\":1,}", "\u0000", "{\"name\":\"a\",\"name\":\"b\"}"})
  void a_malformed_body_is_refused_in_our_own_words(String body) {
    given()
        .contentType("application/json")
        .body(body)
        .patch("/jobs/" + posted(1))
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:burnish:problem:malformed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | action: is missing",
        "{\"action\":\"stop\",\"ids\":[]} | known are cancel, delete, pause, resume, retry",
        "{\"action\":\"cancel\"} | ids: give ids or filter",
        "{\"action\":\"cancel\",\"filter\":{}} | at least one condition",
        "{\"action\":\"cancel\",\"filter\":{\"nope\":1}} | known are state",
        "{\"action\":\"cancel\",\"filter\":{\"state\":\"nope\"}} | known are queued",
        "{\"action\":\"cancel\",\"ids\":[\"7\"]} | is not the id of a job",
        "{\"action\":\"cancel\",\"ids\":\"7\"} | must be a list",
      })
  void a_wrong_action_is_refused(String body, String words) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/jobs/actions")
        .then()
        .statusCode(422)
        .body("detail", containsString(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?rulesOff=nope | | there is no rule",
        "?file=nope | | has no file named",
        "?code=a | {\"code\":\"a\"} | in the body and in the query",
        "| {\"codes\":\"a\"} | known are code, file, rulesOff",
        "| {\"rulesOff\":[1]} | must be a list",
      })
  void a_wrong_retry_is_refused(String query, String body, String words) {
    String job = posted(1);

    given()
        .contentType("application/json")
        .body(body == null ? "" : body)
        .post("/jobs/" + job + "/retry" + (query == null ? "" : query))
        .then()
        .statusCode(words.contains("file named") ? 404 : 422)
        .body("detail", containsString(words));
  }
}
