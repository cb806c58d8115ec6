package io.burnish.fuzz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.intake.body.Spool;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Requests that are nearly right, for some seconds ({@code fuzz.seconds}; two minutes with {@code
 * -Pcrash}): each is answered, soon and in our own words, and nothing is left behind. A failure
 * names the number of its request, and the file where it lies: {@code -Dfuzz.seed=} with this
 * number begins with it.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class FuzzTest {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);
  private static final long SEED =
      Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong(1_000_000_000L));
  private static final int LARGEST_REFUSAL = 64 * 1024;
  private static final Set<Integer> MAY_FAIL_WITH = Set.of(503, 507);
  private static final Set<String> FINAL = Set.of("completed", "cancelled", "expired");

  /** What shows whose code it is. No request has any of them. */
  private static final List<String> NOT_OURS =
      List.of(
          "jackson",
          "streamreadconstraints",
          "jsonreadfeature",
          "[source",
          "io.netty",
          "io.vertx",
          "io.quarkus",
          "resteasy",
          "exception",
          "\"stack\"");

  @TestHTTPResource("/")
  URL root;

  @Inject Spool spool;

  private final List<String> jobs = new ArrayList<>();

  @Test
  void whatever_is_sent_is_answered_in_our_own_words_and_leaves_nothing_behind()
      throws IOException {
    RawHttp http = new RawHttp(root.getHost(), root.getPort());
    JsonNode contract =
        RecordJson.read(given().queryParam("format", "json").get("/q/openapi").asString());
    Requests requests = new Requests(contract, jobs);
    TreeMap<Integer, Integer> answers = new TreeMap<>();

    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    for (long number = SEED; System.nanoTime() < end; number++) {
      int status = send(http, requests.of(number), number);
      answers.merge(status, 1, Integer::sum);
    }

    System.out.printf("fuzz.seed=%d: %s, %d jobs%n", SEED, answers, jobs.size());
    for (String job : jobs.stream().distinct().toList()) {
      if (given().post("/jobs/" + job + "/resume").statusCode() != 404) {
        ended(http, job);
      }
    }
    a_usual_job_is_right();
    given().get("/q/health").then().statusCode(200);
    await().untilAsserted(() -> assertThat(spool.onDisk()).isZero());
  }

  private int send(RawHttp http, Requests.Request request, long number) throws IOException {
    RawHttp.Answer answer = null;
    try {
      answer = http.send(request.bytes(), request.hasBody());
      check(request, answer);
      return answer.status();
    } catch (IOException | AssertionError | RuntimeException e) {
      Path file = Path.of("target", "fuzz-" + number + ".http");
      Files.write(file, request.bytes());
      throw new AssertionError(
          "request fuzz.seed=%d, %s, as in %s%nwas answered%n%s"
              .formatted(
                  number,
                  request.line(),
                  file,
                  answer == null ? "not at all" : answer.head() + "\n" + start(answer.text())),
          e);
    }
  }

  private static String start(String text) {
    return text.substring(0, Math.min(4_000, text.length()));
  }

  private void check(Requests.Request request, RawHttp.Answer answer) {
    int status = answer.status();
    if (status >= 500) {
      assertThat(status).isIn(MAY_FAIL_WITH);
      assertThat(answer.header("retry-after")).matches("[0-9]+");
    }
    if (status >= 400) {
      assertThat(answer.header("content-type")).startsWith("application/problem+json");
      if (request.hasBody()) {
        checkRefusal(answer);
      }
    } else if (request.hasBody() && answer.header("content-type").startsWith("application/json")) {
      RecordJson.read(answer.text());
    }
    if (status == 202) {
      JsonNode job = RecordJson.read(answer.text());
      assertThat(answer.header("location")).endsWith("/jobs/" + job.path("id").asText());
      assertThat(job.at("/counts/total").isInt()).isTrue();
      jobs.add(job.path("id").asText());
    }
  }

  private static void checkRefusal(RawHttp.Answer answer) {
    assertThat(answer.body()).hasSizeLessThan(LARGEST_REFUSAL);
    JsonNode problem = RecordJson.read(answer.text());
    assertThat(problem.path("type").asText()).startsWith("urn:burnish:problem:");
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(answer.text().toLowerCase(Locale.ROOT)).doesNotContain(NOT_OURS);
  }

  /** Waits for its end; every record of it is then accounted for, and can be fetched. */
  private static void ended(RawHttp http, String id) throws IOException {
    await("job " + id + " of fuzz.seed=" + SEED)
        .atMost(Duration.ofSeconds(60L + SECONDS))
        .pollDelay(Duration.ZERO)
        .until(() -> FINAL.contains(get(http, "/jobs/" + id).path("state").asText()));
    JsonNode counts = get(http, "/jobs/" + id).path("counts");
    int accounted = 0;
    for (String each : List.of("pending", "running", "succeeded", "failed", "cancelled")) {
      assertThat(counts.path(each).isInt()).as(each).isTrue();
      accounted += counts.path(each).asInt();
    }
    assertThat(counts.path("total").asInt()).as("job %s", id).isEqualTo(accounted);
    assertThat(get(http, "/jobs/" + id + "/results")).hasSize(counts.path("succeeded").asInt());
    assertThat(get(http, "/jobs/" + id + "/failures")).hasSize(counts.path("failed").asInt());
  }

  private static JsonNode get(RawHttp http, String path) throws IOException {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    RawHttp.Answer answer = http.send(request, true);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return RecordJson.read(answer.text());
  }

  private static void a_usual_job_is_right() {
    PostedJob job =
        Scenario.given(Discounts.readable("usual-" + SEED + "-", 20)).ended().assertCounts(20, 0);
    assertThat(job.<Number>results("price")).extracting(Number::intValue).containsOnly(20);
  }
}
