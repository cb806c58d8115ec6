package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.calls.CallJson;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.settings.SimulatorSettings;
import io.burnish.simulator.wire.CompletionBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP, as another process sees it. */
class SimulatorTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String MODEL = "qwen/qwen3.8-27b";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong nanos = new AtomicLong();
  private Simulator simulator = Simulator.start(SimulatorSettings.INSTANT, nanos::get);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void given(String option, String value) {
    simulator.close();
    simulator = Simulator.start(SimulatorSettings.INSTANT.with(option, value), nanos::get);
  }

  private static String body(String title) {
    ObjectNode user = CompletionBody.JSON.createObjectNode();
    user.putArray("records").addObject().put("ref", 1).put("title", title);
    ObjectNode body = CompletionBody.JSON.createObjectNode().put("model", MODEL);
    var messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", "Answer in JSON.");
    messages.addObject().put("role", "user").put("content", user.toString());
    body.putObject("response_format").put("type", "json_object");
    return body.put("max_completion_tokens", 400).toString();
  }

  private static HttpRequest chat(Simulator simulator, String title) {
    return HttpRequest.newBuilder(URI.create(simulator.uri() + "/chat/completions"))
        .header("Authorization", "Bearer key")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body(title)))
        .build();
  }

  private HttpResponse<String> chat(String title) throws IOException, InterruptedException {
    return http.send(chat(simulator, title), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(simulator.uri().resolve(path))
            .header("Authorization", "Bearer key")
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(simulator.uri().resolve(path))
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  private static JsonNode json(String text) {
    try {
      return CompletionBody.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void it_listens_on_the_loopback_address_only() {
    assertThat(simulator.uri().getHost()).isEqualTo("127.0.0.1");
    assertThat(simulator.uri().getPort()).isPositive();
  }

  @Test
  void a_throttled_caller_that_waits_as_told_is_admitted() throws Exception {
    given("limits", "*=2/1000/8000/-");
    chat("10% off");
    HttpResponse<String> second = chat("20% off");

    HttpResponse<String> third = chat("30% off");

    assertThat(second.headers().firstValue("x-ratelimit-remaining-requests")).contains("998");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("retry-after")).contains("30");
    assertThat(third.body()).contains("requests per minute (RPM): Limit 2, Used 2, Requested 1.");
    nanos.addAndGet(30 * SECOND);
    assertThat(chat("30% off").statusCode()).isEqualTo(200);
  }

  @Test
  void slow_calls_do_not_delay_others() throws Exception {
    given("latency", "1h");
    int many = 256;

    for (int i = 0; i < many; i++) {
      http.sendAsync(chat(simulator, i + "% off"), BodyHandlers.discarding());
    }

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> json(get("/simulator/totals")).path("inFlight").asInt() == many);
    assertThat(get("/openai/v1/models").statusCode()).isEqualTo(200);
  }

  @Test
  void an_answer_is_sent_after_its_latency() throws Exception {
    given("latency", "10ms");

    assertThat(chat("10% off").statusCode()).isEqualTo(200);
    assertThat(simulator.totals().path("inFlight").asInt()).isZero();
  }

  @Test
  void a_connection_can_be_closed_without_a_response() throws Exception {
    simulator.next(InjectedFault.HANG_UP, InjectedFault.HANG_UP);

    assertThatThrownBy(() -> chat("10% off")).isInstanceOf(IOException.class);
    assertThat(simulator.calls()).isNotEmpty().allMatch(call -> call.status() == 0);
  }

  @Test
  void connections_are_refused_while_it_is_down_and_accepted_after() throws Exception {
    given("down", "refused@60s..120s");
    assertThat(chat("10% off").statusCode()).isEqualTo(200);

    nanos.addAndGet(60 * SECOND);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThatThrownBy(() -> chat("20% off")).isInstanceOf(ConnectException.class));
    nanos.addAndGet(60 * SECOND);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> chat("30% off").statusCode() == 200);
  }

  @Test
  void models_are_listed_as_the_provider_lists_them() throws Exception {
    JsonNode list = json(get("/openai/v1/models"));

    assertThat(list.path("object").asText()).isEqualTo("list");
    assertThat(list.path("data").findValuesAsText("id"))
        .contains("openai/gpt-oss-120b", MODEL)
        .doesNotContain("llama-3.3-70b-versatile");
    assertThat(json(get("/openai/v1/models/" + MODEL)).path("max_completion_tokens").asInt())
        .isEqualTo(16_384);
    assertThat(get("/openai/v1/models/none").statusCode()).isEqualTo(404);
    assertThat(get("/openai/v1/other").body())
        .contains("Unknown request URL: GET /openai/v1/other");
  }

  @Test
  void totals_count_admitted_and_refused_calls_by_reason() throws Exception {
    given("limits", "*=2/1000/8000/-");
    for (int call = 0; call < 5; call++) {
      chat("10% off");
    }

    JsonNode totals = json(get("/simulator/totals"));

    JsonNode model = totals.path("models").path(MODEL);
    assertThat(model.path("calls").asInt()).isEqualTo(5);
    assertThat(model.path("admitted").asInt()).isEqualTo(2);
    assertThat(model.path("records").asInt()).isEqualTo(2);
    assertThat(model.path("throttled").path("RPM").asInt()).isEqualTo(3);
    assertThat(model.path("statuses").path("429").asInt()).isEqualTo(3);
    JsonNode quota = totals.path("quotas").path(MODEL);
    assertThat(quota.path("limits").asText()).isEqualTo("2/1000/8000/-");
    assertThat(quota.path("levels").path("TPM").asLong())
        .isEqualTo(8_000 - model.path("chargedTokens").asLong());
    assertThat(totals.path("inFlight").asInt()).isZero();
  }

  @Test
  void a_reset_starts_over() throws Exception {
    given("limits", "*=1/-/-/-");
    chat("10% off");
    assertThat(chat("10% off").statusCode()).isEqualTo(429);

    post("/simulator/reset", "");

    assertThat(json(get("/simulator/totals")).path("models").isEmpty()).isTrue();
    assertThat(chat("10% off").statusCode()).isEqualTo(200);
  }

  @Test
  void settings_can_be_changed_while_it_runs() throws Exception {
    HttpResponse<String> changed = post("/simulator/settings", "{\"limits\":\"*=1/-/-/-\"}");

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(json(changed).path("limits").asText()).isEqualTo("*=1/-/-/-");
    assertThat(chat("10% off").statusCode()).isEqualTo(200);
    assertThat(chat("10% off").statusCode()).isEqualTo(429);
    assertThat(post("/simulator/settings", "{\"plan\":\"golden\"}").statusCode()).isEqualTo(400);
    assertThat(post("/simulator/settings", "oops").statusCode()).isEqualTo(400);
    assertThat(json(get("/simulator/settings")).path("plan").asText()).isEqualTo("unlimited");
  }

  @Test
  void faults_can_be_injected_over_http() throws Exception {
    post("/simulator/faults", "{\"next\":[\"SERVER_ERROR\",\"bad-gateway\"]}");
    assertThat(chat("10% off").statusCode()).isEqualTo(500);
    assertThat(chat("10% off").statusCode()).isEqualTo(502);

    post("/simulator/faults", "{\"containing\":\"shoes\",\"kind\":\"OVERLOADED\"}");
    post("/simulator/faults", "{\"model\":\"other\",\"kind\":\"DECOMMISSIONED\"}");
    assertThat(chat("10% off shoes").statusCode()).isEqualTo(503);
    assertThat(chat("10% off hats").statusCode()).isEqualTo(200);

    post("/simulator/faults", "{\"clear\":true}");
    assertThat(chat("10% off shoes").statusCode()).isEqualTo(200);
    assertThat(post("/simulator/faults", "{\"next\":[\"DANCE\"]}").statusCode()).isEqualTo(400);
    assertThat(post("/simulator/faults", "{}").statusCode()).isEqualTo(400);
    assertThat(post("/simulator/dance", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void every_call_is_appended_to_the_log_before_it_is_answered(@TempDir Path directory)
      throws Exception {
    Path log = directory.resolve("calls.ndjson");
    given("log", log.toString());
    simulator.next(InjectedFault.FENCED_JSON);

    chat("10% off shoes");
    chat("20% off hats");

    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(2);
    JsonNode first = json(lines.get(0));
    assertThat(first.path("status").asInt()).isEqualTo(200);
    assertThat(first.path("fault").asText()).isEqualTo("FENCED_JSON");
    assertThat(first.path("records").path(0).path("title").asText()).isEqualTo("10% off shoes");
    assertThat(first.path("records").path(0).path("digest").asText()).hasSize(16);
    assertThat(first.path("chargedTokens").asInt()).isPositive();
    assertThat(json(lines.get(1)).path("records").path(0).path("digest"))
        .isNotEqualTo(first.path("records").path(0).path("digest"));
  }

  @Test
  void the_same_record_has_the_same_digest_whatever_its_ref_and_its_problems() {
    SimulatedCall call =
        new SimulatedCall(
            java.time.Instant.EPOCH,
            MODEL,
            List.of(
                "{\"ref\":1,\"title\":\"x\"}",
                "{\"ref\":9,\"title\":\"x\",\"problems\":[\"no\"]}",
                "{\"ref\":1,\"title\":\"y\"}"),
            java.util.Optional.empty(),
            200,
            true,
            java.util.Optional.empty(),
            TokenUsage.NONE);

    JsonNode records = CallJson.of(call).path("records");

    assertThat(records.path(1).path("digest")).isEqualTo(records.path(0).path("digest"));
    assertThat(records.path(1).path("again").asBoolean()).isTrue();
    assertThat(records.path(2).path("digest")).isNotEqualTo(records.path(0).path("digest"));
  }

  @Test
  void it_keeps_as_many_calls_as_set_and_counts_all() throws Exception {
    given("keep", "2");
    chat("10% off");
    chat("20% off");
    chat("30% off");

    assertThat(json(get("/simulator/calls")))
        .hasSize(2)
        .last()
        .satisfies(
            call ->
                assertThat(call.path("records").path(0).path("title").asText())
                    .isEqualTo("30% off"));
    assertThat(simulator.totals().path("models").path(MODEL).path("calls").asInt()).isEqualTo(3);
  }
}
