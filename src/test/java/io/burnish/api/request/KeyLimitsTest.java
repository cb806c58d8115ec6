package io.burnish.api.request;

import static io.burnish.fixtures.Callers.admin;
import static io.burnish.fixtures.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the limits of a key refuse, and what they leave. Jobs stay open: there is no worker. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class KeyLimitsTest {

  /** No other test has jobs or tracking of it. */
  private final String owner = "limits-" + UUID.randomUUID();

  @Test
  void a_key_shows_its_limits_and_directories() {
    Response created =
        create("\"limits\":{\"openJobs\":3,\"costPerDay\":0.5},\"directories\":[\"shop/a\"]");

    created
        .then()
        .body("key.limits.openJobs", equalTo(3))
        .body("key.limits.costPerDay", equalTo(0.5f))
        .body("key.limits.records", equalTo(null))
        .body("key.directories", contains("shop/a"));
    admin().get("/keys").then().body("keys[0].limits.openJobs", equalTo(3));
  }

  @Test
  void wrong_limits_are_refused_with_their_names() {
    for (String wrong :
        List.of(
            "\"limits\":{\"openJobs\":0}",
            "\"limits\":{\"records\":1.5}",
            "\"limits\":{\"bodyBytes\":\"1\"}",
            "\"limits\":{\"costPerDay\":-1}",
            "\"limits\":{\"requestsPerSecond\":1e20}",
            "\"limits\":{\"jobs\":1}",
            "\"limits\":[]",
            "\"directories\":[\"../other\"]",
            "\"directories\":[\"/etc\"]",
            "\"directories\":[\".\"]")) {
      admin()
          .body("{\"name\":\"n\",\"role\":\"submit\",\"owner\":\"%s\",%s}".formatted(owner, wrong))
          .post("/keys")
          .then()
          .statusCode(422)
          .body(
              "violations[0].field",
              containsString(wrong.startsWith("\"l") ? "limits" : "director"));
    }
  }

  @Test
  void open_jobs_are_limited_exactly_though_they_are_posted_at_once() {
    String secret = secret("\"limits\":{\"openJobs\":3}");
    List<CompletableFuture<Integer>> posts =
        IntStream.range(0, 12)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(secret, "").statusCode()))
            .toList();

    List<Integer> statuses = posts.stream().map(CompletableFuture::join).toList();

    // One that met another being stored is answered 429, too, and may try again.
    long accepted = statuses.stream().filter(status -> status == 202).count();
    assertThat(statuses).allMatch(status -> status == 202 || status == 429);
    for (; accepted < 3; accepted++) {
      post(secret, "").then().statusCode(202);
    }
    post(secret, "")
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("type", equalTo("urn:burnish:problem:key-limit"))
        .body("detail", containsString("it may have 3"));
    assertThat(with(secret).get("/jobs").jsonPath().getList("jobs")).hasSize(3);

    String open = with(secret).get("/jobs").path("jobs[0].id");
    with(secret).post("/jobs/" + open + "/cancel").then().statusCode(200);
    post(secret, "").then().statusCode(202);
  }

  @Test
  void a_known_idempotency_key_is_answered_whatever_the_limits() {
    String secret = secret("\"limits\":{\"openJobs\":1,\"requestsPerSecond\":1}");
    String body = "[" + Discounts.readable("known") + "]";
    String id = with(secret).header("Idempotency-Key", owner).body(body).post("/jobs").path("id");

    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      with(secret)
          .header("Idempotency-Key", owner)
          .body(body)
          .post("/jobs")
          .then()
          .statusCode(202)
          .body("id", equalTo(id));
      others.add(with(secret).get("/jobs").statusCode());
    }

    assertThat(others).contains(429);
  }

  @Test
  void requests_a_second_are_limited_and_each_response_tells_what_is_left() {
    String secret = secret("\"limits\":{\"requestsPerSecond\":2}");
    List<Response> answers =
        IntStream.range(0, 20).mapToObj(i -> with(secret).get("/profiles")).toList();

    assertThat(answers).extracting(Response::statusCode).contains(200, 429).containsOnly(200, 429);
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.header("RateLimit-Limit")).isEqualTo("2");
              assertThat(answer.header("RateLimit-Remaining")).isIn("0", "1");
              assertThat(answer.header("RateLimit-Reset")).isIn("0", "1");
            });
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 429)
        .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
  }

  @Test
  void records_and_bytes_of_a_job_are_limited() {
    String few = secret("\"limits\":{\"records\":2}");
    with(few)
        .body(Discounts.list(Discounts.readable(3)))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations.message", hasItem(containsString("2 records at most")));
    with(few).body(Discounts.list(Discounts.readable(2))).post("/jobs").then().statusCode(202);

    String small = secret("\"limits\":{\"bodyBytes\":1000}");
    with(small)
        .body(Discounts.list(Discounts.readable(50)))
        .post("/jobs")
        .then()
        .statusCode(413)
        .body("detail", containsString("1,000 bytes"));
  }

  @Test
  void the_cost_of_a_day_is_never_exceeded() {
    String secret = secret("\"limits\":{\"costPerDay\":1}");
    String first = post(secret, "\"maxCost\":0.6").then().statusCode(202).extract().path("id");

    post(secret, "\"maxCost\":0.5")
        .then()
        .statusCode(429)
        .header("Retry-After", Integer::parseInt, greaterThan(0))
        .body("detail", containsString("0.4 are left"));
    post(secret, "").then().statusCode(202).body("budget.maxCost", equalTo(0.4f));
    post(secret, "").then().statusCode(429).body("detail", containsString("US$ 1 in a UTC day"));

    with(secret)
        .body("{\"maxCost\":5}")
        .patch("/jobs/" + first)
        .then()
        .statusCode(403)
        .body("detail", containsString("can't change maxCost"));
    with(secret).post("/jobs/" + first + "/cancel").then().statusCode(200);
    String third = post(secret, "\"maxCost\":0.6").then().statusCode(202).extract().path("id");

    admin().body("{\"maxCost\":0.1}").patch("/jobs/" + third).then().statusCode(200);
    post(secret, "\"maxCost\":0.1").then().statusCode(429);
  }

  @Test
  void a_dry_run_is_not_limited_by_open_jobs() {
    String secret = secret("\"limits\":{\"openJobs\":1}");
    post(secret, "").then().statusCode(202);

    with(secret)
        .body(Discounts.list(Discounts.readable(1)))
        .post("/jobs?dryRun=true")
        .then()
        .statusCode(200);
  }

  @Test
  void a_key_names_its_directories_and_no_others() {
    String secret = secret("\"directories\":[\"shop/a\"]");
    for (String other : List.of("shop", "shop/ab", "shop/a/../b", ".", "")) {
      with(secret)
          .body("{\"dataDir\":\"%s\"}".formatted(other))
          .post("/jobs")
          .then()
          .statusCode(403)
          .body("detail", containsString("shop/a"));
    }
    with(secret).body("{\"dataDir\":\"shop/a/b\"}").post("/jobs").then().statusCode(422);
  }

  private Response create(String more) {
    Response created =
        admin()
            .body("{\"name\":\"n\",\"role\":\"submit\",\"owner\":\"%s\",%s}".formatted(owner, more))
            .post("/keys");
    created.then().statusCode(201);
    return created;
  }

  private String secret(String more) {
    return create(more).path("secret");
  }

  private static Response post(String secret, String options) {
    return Callers.with(secret)
        .body(
            "{\"options\":{%s},\"records\":%s}"
                .formatted(options, Discounts.list(Discounts.readable(1))))
        .post("/jobs");
  }
}
