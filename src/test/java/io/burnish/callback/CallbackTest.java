package io.burnish.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks of jobs to a receiver of the test. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class CallbackTest {

  private static final AtomicInteger CONTENTS = new AtomicInteger();

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private HttpServer receiver;
  @Inject Sql sql;

  private record Received(String id, String timestamp, String signature, String body) {}

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            headers.getFirst("webhook-id"),
            headers.getFirst("webhook-timestamp"),
            headers.getFirst("webhook-signature"),
            body));
    Integer status = statuses.poll();
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:%d/hook?a=b".formatted(receiver.getAddress().getPort());
  }

  private String posted() {
    return Api.post(
        "{\"name\":\"called\",\"records\":%s,\"options\":{\"callbackUrl\":\"%s\",\"metadata\":{\"build\":\"7\"}}}"
            .formatted(
                Discounts.list(Discounts.readable("callback-" + CONTENTS.incrementAndGet())),
                url()));
  }

  private Received next() throws InterruptedException {
    Received next = received.poll(15, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static void control(String job, String verb) {
    given().post("/jobs/" + job + "/" + verb).then().statusCode(200);
  }

  @Test
  void the_end_of_a_job_is_told_signed_and_without_its_records() throws Exception {
    String job = posted();
    control(job, "cancel");

    Received call = next();

    assertThat(call.signature())
        .isEqualTo(
            new WebhookSignature(ApiWithoutWorker.WEBHOOK_SECRET)
                .of(
                    call.id(),
                    Instant.ofEpochSecond(Long.parseLong(call.timestamp())),
                    call.body()));
    assertThat(RecordJson.read(call.body()).path("type").asText()).isEqualTo("job.cancelled");
    assertThat(RecordJson.read(call.body()).path("data"))
        .isEqualTo(
            RecordJson.read(
                "{\"id\":\"%s\",\"name\":\"called\",\"state\":\"cancelled\",\"outcome\":null,\"metadata\":{\"build\":\"7\"},\"counts\":{\"total\":1,\"succeeded\":0,\"failed\":0,\"reused\":0,\"cancelled\":1}}"
                    .formatted(job)));
    await()
        .untilAsserted(
            () -> assertThat(Api.now(job, "/callbacks/deliveries/0/deliveredAt")).startsWith("20"));
    assertThat(Api.now(job, "/callbacks/deliveries/0/id")).isEqualTo(call.id());
    assertThat(Api.now(job, "/callbacks/deliveries/0/tries/0/status")).isEqualTo("204");
    assertThat(Api.now(job, "/callbacks/url")).isEqualTo(url());
  }

  @Test
  void a_new_secret_signs_with_those_before_it_for_a_day() throws Exception {
    String first = newSecret();
    String second = newSecret();
    assertThat(signers()).containsExactly(second, first, ApiWithoutWorker.WEBHOOK_SECRET);

    Statements.run(
        sql,
        "UPDATE callback_secret SET created_at = created_at - interval '1 day', valid_until = valid_until - interval '1 day'");
    assertThat(signers()).containsExactly(second);

    Statements.run(sql, "DELETE FROM callback_secret");
    assertThat(signers()).containsExactly(ApiWithoutWorker.WEBHOOK_SECRET);
  }

  private static String newSecret() {
    return given().post("/callback-secret").then().statusCode(201).extract().path("secret");
  }

  /** The secrets that sign a callback, in the order of the signatures. */
  private List<String> signers() throws InterruptedException {
    control(posted(), "cancel");
    Received call = next();
    Instant at = Instant.ofEpochSecond(Long.parseLong(call.timestamp()));
    List<String> known = new ArrayList<>(List.of(ApiWithoutWorker.WEBHOOK_SECRET));
    known.addAll(
        List.of(
            Statements.one(sql, "SELECT COALESCE(string_agg(secret, ' '), '') FROM callback_secret")
                .split(" ")));
    known.remove("");
    return Arrays.stream(call.signature().split(" "))
        .map(
            signature ->
                known.stream()
                    .filter(
                        secret ->
                            new WebhookSignature(secret)
                                .of(call.id(), at, call.body())
                                .equals(signature))
                    .findFirst()
                    .orElse("none"))
        .toList();
  }

  @Test
  void a_pause_and_an_end_at_intake_are_told() throws Exception {
    control(posted(), "pause");
    assertThat(next().body()).contains("job.paused");

    Api.post(
        "{\"records\":%s,\"options\":{\"callbackUrl\":\"%s\"}}"
            .formatted(Discounts.list(Discounts.empty("1")), url()));
    Received end = next();
    assertThat(RecordJson.read(end.body()).at("/type").asText()).isEqualTo("job.completed");
    assertThat(RecordJson.read(end.body()).at("/data/outcome").asText()).isEqualTo("failed");
    assertThat(RecordJson.read(end.body()).at("/data/counts/failed").asInt()).isEqualTo(1);
  }

  @Test
  void a_failed_try_is_repeated_under_the_same_id_and_a_redirect_is_a_failure() throws Exception {
    statuses.addAll(List.of(500, 302));
    String job = posted();
    control(job, "cancel");

    List<Received> calls = List.of(next(), next(), next());

    assertThat(calls.stream().map(Received::id).distinct()).hasSize(1);
    assertThat(calls.stream().map(Received::body).distinct()).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(Api.job(job).getList("callbacks.deliveries[0].tries.status"))
                    .isEqualTo(List.of(500, 302, 204)));
  }

  @Test
  void a_receiver_that_is_gone_is_not_asked_again() throws Exception {
    statuses.add(410);
    String job = posted();
    control(job, "cancel");
    next();

    await()
        .untilAsserted(
            () -> assertThat(Api.now(job, "/callbacks/deliveries/0/givenUpAt")).startsWith("20"));
    assertThat(received.poll(2, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void what_may_not_be_called_is_refused_when_the_job_is_posted() {
    for (String url : List.of("http://10.0.0.1/", "https://10.0.0.1/", "https://127.0.0.2/", "x")) {
      given()
          .contentType("application/json")
          .body("{\"records\":[],\"options\":{\"callbackUrl\":\"%s\"}}".formatted(url))
          .post("/jobs")
          .then()
          .statusCode(422)
          .body("violations[0].field", equalTo("options.callbackUrl"));
    }
    given()
        .contentType("application/json")
        .body("{\"records\":[],\"options\":{\"callbackUrl\":7}}")
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("detail", containsString("must be text"));
  }
}
