package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.FaultRates;
import io.burnish.simulator.faults.FaultStage;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.settings.SimulatorSettings;
import io.burnish.simulator.wire.CompletionBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assumptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other providers, gateways and networks do, over HTTP as a client meets it. */
class OdditiesTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String MODEL = "openai/gpt-oss-120b";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong nanos = new AtomicLong();
  private Simulator simulator = Simulator.start(SimulatorSettings.INSTANT, nanos::get);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void given(String option, String value) {
    simulator.change(simulator.settings().with(option, value));
  }

  private static ObjectNode request(String... titles) {
    ObjectNode user = CompletionBody.JSON.createObjectNode();
    ArrayNode records = user.putArray("records");
    for (String title : titles) {
      records.addObject().put("ref", records.size() + 1).put("title", title);
    }
    ObjectNode body = CompletionBody.JSON.createObjectNode().put("model", MODEL);
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", "Answer in JSON.");
    messages.addObject().put("role", "user").put("content", user.toString());
    body.putObject("response_format").put("type", "json_object");
    body.put("temperature", 0).put("reasoning_effort", "low");
    return body.put("max_completion_tokens", 4_000);
  }

  private HttpRequest chat(ObjectNode body) {
    return HttpRequest.newBuilder(URI.create(simulator.uri() + "/chat/completions"))
        .header("Authorization", "Bearer key")
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(30))
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpResponse<String> ask(ObjectNode body) throws IOException, InterruptedException {
    return http.send(chat(body), BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(String... titles) throws IOException, InterruptedException {
    return ask(request(titles));
  }

  /** Asks, and lets the call go wrong. */
  private HttpResponse<String> meet(InjectedFault kind, String... titles)
      throws IOException, InterruptedException {
    simulator.next(kind);
    return ask(titles);
  }

  private void inject(String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(simulator.uri().resolve("/simulator/faults"))
            .POST(BodyPublishers.ofString(json))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  private static JsonNode json(String text) {
    try {
      return CompletionBody.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private static JsonNode choice(HttpResponse<String> response) {
    return json(response).path("choices").path(0);
  }

  private static String content(HttpResponse<String> response) {
    return choice(response).path("message").path("content").asText();
  }

  private static List<Integer> prices(String document) {
    List<Integer> prices = new ArrayList<>();
    json(document).path("records").forEach(record -> prices.add(record.path("price").asInt()));
    return prices;
  }

  private long counted(InjectedFault kind) {
    JsonNode models = simulator.totals().path("models");
    return models.path(MODEL).path("faults").path(kind.name()).asLong();
  }

  /** What a caller sees, less what differs from call to call. */
  private static String seen(HttpResponse<String> response) {
    String type = response.headers().firstValue("content-type").orElse("");
    if (!type.equals("application/json")) {
      return response.statusCode() + response.body();
    }
    ObjectNode body = (ObjectNode) json(response);
    return response.statusCode() + body.without(List.of("id", "created", "x_groq")).toString();
  }

  @ParameterizedTest
  @EnumSource(InjectedFault.class)
  void every_fault_changes_the_answer_and_is_counted(InjectedFault kind) throws Exception {
    Assumptions.assumeThat(kind.stage()).isNotEqualTo(FaultStage.TRANSFER);
    given("caching", "false");
    String[] many = new String[12];
    Arrays.setAll(many, i -> 10 + i + "% off number " + i);

    String good = seen(ask(many));
    String odd = seen(meet(kind, many));

    assertThat(odd).isNotEqualTo(good);
    assertThat(seen(ask(many))).isEqualTo(good);
    assertThat(counted(kind)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "OUTPUT_PARSE_FAILED, output_parse_failed",
    "TOOL_USE_FAILED, tool_use_failed",
    "JSON_VALIDATE_FAILED, json_validate_failed"
  })
  void a_failed_generation_has_the_correct_text_and_is_charged(InjectedFault kind, String code)
      throws Exception {
    HttpResponse<String> response = meet(kind, "20% off");

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = json(response).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains("Please adjust your prompt");
    assertThat(prices(error.path("failed_generation").asText())).containsExactly(20);
    assertThat(simulator.calls().get(0).usage().completion()).isPositive();
  }

  @Test
  void a_generation_that_failed_can_be_no_document() throws Exception {
    HttpResponse<String> response = meet(InjectedFault.OUTPUT_PARSE_FAILED_BAD, "20% off");

    String text = json(response).path("error").path("failed_generation").asText();
    assertThatThrownBy(() -> json(text)).isInstanceOf(AssertionError.class);
  }

  @Test
  void content_can_come_in_parts() throws Exception {
    JsonNode parts =
        choice(meet(InjectedFault.CONTENT_PARTS, "20% off")).path("message").path("content");

    assertThat(parts.findValuesAsText("type"))
        .containsExactly("thinking", "text", "text", "text", "text");
    StringBuilder text = new StringBuilder();
    for (JsonNode part : parts) {
      text.append(part.path("text").asText());
    }
    assertThat(prices(text.toString())).containsExactly(20);
    assertThat(parts.path(2).path("text").asText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "THINK_DRAFT, </think>",
    "CHANNEL_DRAFT, <|channel|>final<|message|>",
    "PROSE_DRAFT, The final answer is:"
  })
  void a_draft_with_another_price_of_the_text_comes_before_the_answer(
      InjectedFault kind, String between) throws Exception {
    HttpResponse<String> response = meet(kind, "20% off, members 35% off", "70 ₪ instead of 90 ₪");

    String content = content(response);
    int end = content.indexOf(between);
    String draft = content.substring(content.indexOf("{\"records\""), end);
    assertThat(prices(draft.substring(0, draft.lastIndexOf('}') + 1))).containsExactly(35, 90);
    assertThat(prices(content.substring(end + between.length()))).containsExactly(20, 70);
    assertThat(choice(response).path("finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void a_draft_is_not_what_exhausts_the_maximum_of_tokens() throws Exception {
    HttpResponse<String> good = ask("20% off");
    int enough = json(good).path("usage").path("completion_tokens").asInt();
    simulator.next(InjectedFault.THINK_DRAFT);

    HttpResponse<String> drafted = ask(request("20% off").put("max_completion_tokens", enough));

    assertThat(content(drafted)).contains("</think>").endsWith("}");
    assertThat(json(drafted).path("usage").path("completion_tokens").asInt()).isEqualTo(enough);
  }

  @Test
  void reasoning_can_end_without_an_answer() throws Exception {
    HttpResponse<String> response = meet(InjectedFault.THINK_UNCLOSED, "20% off");

    assertThat(content(response)).startsWith("<think>").doesNotContain("</think>");
    assertThat(choice(response).path("finish_reason").asText()).isEqualTo("length");
  }

  @Test
  void a_draft_can_stand_beside_the_content() throws Exception {
    JsonNode message = choice(meet(InjectedFault.REASONING_DRAFT, "20% off")).path("message");

    assertThat(prices(message.path("reasoning").asText())).containsExactly(21);
    assertThat(message.path("reasoning_content")).isEqualTo(message.path("reasoning"));
    assertThat(prices(message.path("content").asText())).containsExactly(20);
  }

  @Test
  void calls_above_a_number_of_records_are_slow() throws Exception {
    given("slow-above", "2");
    given("slow", "300ms");

    ask("1% off", "2% off");
    long few = counted(InjectedFault.SLOW);
    Instant start = Instant.now();
    ask("1% off", "2% off", "3% off");

    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(300));
    assertThat(few).isZero();
    assertThat(counted(InjectedFault.SLOW)).isEqualTo(1);
  }

  @Test
  void calls_with_a_given_record_can_be_slow_and_are_charged_after_the_client_left()
      throws Exception {
    given("slow", "300ms");
    inject("{\"containing\":\"shoes\",\"kind\":\"slow\"}");
    CompletableFuture<HttpResponse<String>> impatient =
        http.sendAsync(chat(request("10% off", "20% off shoes")), BodyHandlers.ofString());

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> simulator.totals().path("mostInFlight").asInt() == 1);
    impatient.cancel(true);
    ask("10% off");

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> counted(InjectedFault.SLOW) == 1);
    assertThat(simulator.calls()).allMatch(call -> call.usage().charged() > 0);
  }

  @Test
  void an_outage_can_look_like_an_answer() throws Exception {
    JsonNode none = json(meet(InjectedFault.CHOICES_EMPTY, "20% off"));
    JsonNode failed = choice(meet(InjectedFault.FINISH_ERROR, "20% off"));
    HttpResponse<String> empty = meet(InjectedFault.CONTENT_NULL, "20% off");

    assertThat(none.path("choices").isArray()).isTrue();
    assertThat(none.path("choices")).isEmpty();
    assertThat(none.path("usage").path("prompt_tokens").asInt()).isPositive();
    assertThat(failed.path("finish_reason").asText()).isEqualTo("error");
    assertThat(failed.path("error").path("message").asText()).isNotEmpty();
    assertThat(choice(empty).path("message").path("content").isNull()).isTrue();
    assertThat(json(empty).path("usage").path("completion_tokens").asInt()).isZero();
    assertThat(simulator.calls()).allMatch(call -> call.usage().completion() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, 400, '\"param\":\"temperature\",\"code\":\"unsupported_value\"'",
    "openai-parameter, 400, '\"param\":\"temperature\",\"code\":\"unsupported_parameter\"'",
    "pydantic, 422, '{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"temperature\"]'",
    "fastapi, 422, '{\"detail\":[{\"type\":\"extra_forbidden\"'",
    "vllm, 400, '(''body'', ''temperature'')'",
    "azure, 400, 'Unrecognized request argument supplied: temperature'",
    "groq, 400, 'property ''temperature'' is unsupported'"
  })
  void a_field_can_be_refused_and_a_request_without_it_is_answered(
      String style, int status, String words) throws Exception {
    given("dislikes", "temperature=" + style);

    HttpResponse<String> refused = ask("20% off");
    HttpResponse<String> answered = ask(request("20% off").without(List.of("temperature")));

    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.body()).contains(words);
    assertThat(prices(content(answered))).containsExactly(20);
    assertThat(counted(InjectedFault.DISLIKED_FIELD)).isEqualTo(1);
    assertThat(simulator.calls().get(0).admitted()).isFalse();
  }

  @Test
  void one_response_format_can_be_refused_and_another_accepted() throws Exception {
    given("dislikes", "response_format.json_schema=openai, reasoning_effort.low=azure");
    ObjectNode schema = request("20% off").put("reasoning_effort", "medium");
    schema.putObject("response_format").put("type", "json_schema").putObject("json_schema");

    assertThat(ask(schema).body()).contains("\"param\":\"response_format\"");
    assertThat(ask("20% off").body()).contains("reasoning_effort");
    assertThat(ask(request("20% off").put("reasoning_effort", "medium")).statusCode())
        .isEqualTo(200);

    given("dislikes", "response_format=groq");
    assertThat(ask("20% off").statusCode()).isEqualTo(400);
  }

  @Test
  void a_request_may_leave_out_all_that_is_optional() throws Exception {
    ObjectNode bare =
        request("20% off")
            .without(
                List.of(
                    "temperature", "reasoning_effort", "max_completion_tokens", "response_format"));

    assertThat(prices(content(ask(bare)))).containsExactly(20);
    assertThat(prices(content(ask(bare.put("max_tokens", 400))))).containsExactly(20);
    given("limits", "*=-/-/8000/-");
    assertThat(ask(bare.put("max_tokens", 9_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void optional_fields_can_be_refused_one_after_the_other() throws Exception {
    given("trouble", "disliked-field@0s..1h");
    ObjectNode request = request("20% off");
    List<String> givenUp = new ArrayList<>();

    HttpResponse<String> response = ask(request);
    while (response.statusCode() == 400) {
      String field = json(response).path("error").path("param").asText();
      givenUp.add(field);
      request.remove(field);
      response = ask(request);
    }

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(givenUp)
        .containsExactly(
            "temperature", "reasoning_effort", "max_completion_tokens", "response_format");
  }

  @Test
  void an_error_can_say_what_to_do() throws Exception {
    given("bad-request-message", "Please adjust your prompt; answer 7");

    assertThat(json(meet(InjectedFault.BAD_REQUEST, "20% off")).path("error"))
        .isEqualTo(
            json(
                "{\"message\":\"Please adjust your prompt; answer 7\",\"type\":\"invalid_request_error\"}"));
  }

  @Test
  void a_refusal_can_come_without_a_wait_or_without_a_status_or_as_text() throws Exception {
    given("limits", "*=30/1000/8000/-");
    HttpResponse<String> within = meet(InjectedFault.THROTTLED_IN_200, "20% off");
    HttpResponse<String> credit = meet(InjectedFault.CREDIT_LIMIT, "20% off");
    HttpResponse<String> quota = meet(InjectedFault.INSUFFICIENT_QUOTA, "20% off");
    HttpResponse<String> text = meet(InjectedFault.CLOUDFLARE_1015, "20% off");

    assertThat(within.statusCode()).isEqualTo(200);
    assertThat(json(within).path("error").path("code").asInt()).isEqualTo(429);
    assertThat(List.of(credit, quota, text))
        .allMatch(response -> response.statusCode() == 429)
        .allMatch(response -> response.headers().firstValue("retry-after").isEmpty());
    assertThat(credit.body()).contains("credit_limit");
    assertThat(quota.body()).contains("insufficient_quota");
    assertThat(text.body()).isEqualTo("error code: 1015");
    assertThat(simulator.calls()).noneMatch(SimulatedCall::admitted);
  }

  @Test
  void the_same_records_are_dropped_each_time_and_answered_in_small_packs() throws Exception {
    given("trouble", "drops-refs@0s..1h");
    String[] many = new String[16];
    Arrays.setAll(many, i -> 10 + i + "% off number " + i);

    List<Integer> first = prices(content(ask(many)));
    List<Integer> second = prices(content(ask(many)));
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < many.length; i++) {
      if (!first.contains(10 + i)) {
        dropped.add(many[i]);
      }
    }

    assertThat(second).isEqualTo(first);
    assertThat(dropped).isNotEmpty().hasSizeLessThan(many.length);
    assertThat(prices(content(ask(dropped.get(0), many[0])))).hasSize(2);
    assertThat(prices(content(ask(dropped.get(0))))).hasSize(1);
  }

  @Test
  void a_reused_connection_can_be_closed() throws Exception {
    given("trouble", "hang-up-idle@0s..1h");
    URI uri = simulator.uri();
    String body = request("20% off").toString();
    byte[] call =
        ("POST /openai/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Test/1\r\n"
                + "Authorization: Bearer key\r\nContent-Length: %d\r\n\r\n%s")
            .formatted(body.getBytes(StandardCharsets.UTF_8).length, body)
            .getBytes(StandardCharsets.UTF_8);

    for (int connection = 0; connection < 2; connection++) {
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(call);
        byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        assertThat(start).asString(StandardCharsets.UTF_8).isEqualTo("HTTP/1.1 200");
        // The rest of the first response ends where the connection does: at the second call.
        socket.getOutputStream().write(call);
        assertThat(socket.getInputStream().readAllBytes())
            .asString(StandardCharsets.UTF_8)
            .doesNotContain("HTTP/1.1");
      }
    }

    assertThat(counted(InjectedFault.HANG_UP_IDLE)).isEqualTo(2);
    assertThat(simulator.calls()).extracting(SimulatedCall::status).containsExactly(200, 0, 200, 0);
    assertThat(simulator.calls())
        .extracting(SimulatedCall::admitted)
        .containsExactly(true, false, true, false);
  }

  @Test
  void an_answer_can_be_compressed_unasked() throws Exception {
    simulator.next(InjectedFault.GZIP);
    HttpResponse<byte[]> response = http.send(chat(request("20% off")), BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(unzipped.readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .contains("\\\"price\\\":20");
    }
  }

  @Test
  void an_answer_can_be_of_any_size_and_is_a_document_all_the_same() throws Exception {
    given("huge-body", "3MB");

    HttpResponse<String> response = meet(InjectedFault.HUGE_BODY, "20% off");

    assertThat(response.body()).hasSizeGreaterThan(3_000_000);
    assertThat(prices(content(response))).containsExactly(20);
  }

  @Test
  void a_client_that_disconnects_stops_a_huge_answer() throws Exception {
    given("huge-body", "900GB");
    simulator.next(InjectedFault.HUGE_BODY);

    HttpResponse<InputStream> response =
        http.send(chat(request("20% off")), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      assertThat(body.readNBytes(1_000)).hasSize(1_000);
    }

    assertThat(ask("20% off").statusCode()).isEqualTo(200);
  }

  @Test
  void an_answer_can_trickle_without_delaying_others() throws Exception {
    simulator.next(InjectedFault.TRICKLE);
    Instant start = Instant.now();

    HttpResponse<InputStream> response =
        http.send(chat(request("20% off")), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      assertThat(body.readNBytes(2)).hasSize(2);
    }

    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(900));
    assertThat(ask("20% off").statusCode()).isEqualTo(200);
  }

  @Test
  void a_captive_portal_can_answer() throws Exception {
    HttpResponse<String> page = meet(InjectedFault.CAPTIVE_PAGE, "20% off");
    HttpResponse<String> nothing = meet(InjectedFault.NO_CONTENT, "20% off");
    HttpResponse<String> moved = meet(InjectedFault.REDIRECT, "20% off");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    assertThat(nothing.statusCode()).isEqualTo(204);
    assertThat(moved.statusCode()).isEqualTo(301);
    String to = moved.headers().firstValue("location").orElseThrow();
    HttpRequest login = HttpRequest.newBuilder(simulator.uri().resolve(to)).build();
    assertThat(http.send(login, BodyHandlers.ofString()).body()).contains("<form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "null", "negative", "absurd", "float", "as-text"})
  void usage_can_be_wrong_always_or_for_one_call(String how) throws Exception {
    InjectedFault kind = FaultRates.kind("usage-" + how);
    JsonNode once = json(meet(kind, "20% off")).path("usage");
    given("usage", how);
    JsonNode always = json(ask("20% off")).path("usage");

    for (JsonNode usage : List.of(once, always)) {
      JsonNode prompt = usage.path("prompt_tokens");
      switch (how) {
        case "none" -> assertThat(usage.isMissingNode()).isTrue();
        case "null" -> assertThat(usage.isNull()).isTrue();
        case "negative" -> assertThat(prompt.asLong()).isNegative();
        case "absurd" -> assertThat(prompt.asLong()).isEqualTo(1_000_000_000_000L);
        case "float" -> assertThat(prompt.isFloatingPointNumber()).isTrue();
        default -> assertThat(prompt.isTextual()).isTrue();
      }
    }
    assertThat(simulator.calls())
        .extracting(call -> call.usage().prompt())
        .allMatch(prompt -> prompt > 0 && prompt < 1_000);
  }

  @Test
  void headers_can_have_other_meanings() throws Exception {
    given("limits", "*=600/14400/8000/-");

    given("headers", "openai");
    Map<String, List<String>> minute = ask("20% off").headers().map();
    given("headers", "infinity");
    Map<String, List<String>> infinite = ask("20% off").headers().map();
    given("headers", "past");
    Map<String, List<String>> past = ask("20% off").headers().map();
    given("headers", "off");
    Map<String, List<String>> none = ask("20% off").headers().map();

    assertThat(minute)
        .containsEntry("x-ratelimit-limit-requests", List.of("600"))
        .containsEntry("x-ratelimit-remaining-requests", List.of("599"))
        .containsEntry("x-ratelimit-reset-requests", List.of("100ms"));
    assertThat(infinite)
        .containsEntry("x-ratelimit-limit-tokens", List.of("Infinity"))
        .containsEntry("x-ratelimit-reset-requests", List.of("Infinity"));
    assertThat(past)
        .containsEntry("x-ratelimit-limit-requests", List.of("14400"))
        .containsEntry("x-ratelimit-reset-requests", List.of("2024-01-01T00:00:00Z"))
        .containsEntry("x-ratelimit-reset-tokens", List.of("-5s"));
    assertThat(none.keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
  }

  @Test
  void one_record_can_be_refused_in_any_pack() throws Exception {
    inject("{\"containing\":\"shoes\",\"kind\":\"content-filter\"}");

    HttpResponse<String> refused = ask("10% off", "20% off shoes", "30% off");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("error").path("code").asText()).isEqualTo("content_filter");
    assertThat(ask("10% off", "30% off").statusCode()).isEqualTo(200);
    assertThat(ask("20% off shoes").statusCode()).isEqualTo(400);
  }

  @Test
  void a_share_of_the_records_gets_the_same_false_price_each_time() throws Exception {
    given("stubborn", "40%");
    String[] many = new String[20];
    Arrays.setAll(many, i -> 10 + i + "% off number " + i);

    List<Integer> first = prices(content(ask(many)));
    List<Integer> second = prices(content(ask(many)));
    int at = first.indexOf(987_654);
    ObjectNode again = request(many[at]);
    JsonNode user = json(again.path("messages").path(1).path("content").asText());
    ((ObjectNode) user.path("records").path(0)).putArray("problems").add("The price is wrong.");
    ((ObjectNode) again.path("messages").path(1)).put("content", user.toString());

    assertThat(first).hasSize(20).contains(987_654).contains(13, 15);
    assertThat(second).isEqualTo(first);
    assertThat(prices(content(ask(again)))).containsExactly(987_654);
    assertThat(counted(InjectedFault.STUBBORN)).isEqualTo(3);
  }

  @Test
  void some_records_of_a_pack_can_get_a_false_price_and_the_others_not() throws Exception {
    inject("{\"containing\":\"shoes\",\"kind\":\"stubborn\"}");
    inject("{\"containing\":\"hats\",\"kind\":\"stubborn\"}");

    assertThat(prices(content(ask("10% off", "20% off shoes", "30% off", "40% off hats"))))
        .containsExactly(10, 987_654, 30, 987_654);
  }

  @Test
  void a_fault_of_one_record_concerns_the_one_it_was_injected_for() throws Exception {
    inject("{\"containing\":\"shoes\",\"kind\":\"price-not-in-text\"}");

    assertThat(prices(content(ask("10% off", "20% off shoes", "30% off"))))
        .containsExactly(10, 987_654, 30);
  }

  @Test
  void a_record_that_the_rules_cannot_read_gets_the_same_answer_each_time() throws Exception {
    String first = content(ask("Nothing to see"));

    assertThat(prices(first)).containsExactly(0);
    assertThat(content(ask("Nothing to see"))).isEqualTo(first);
  }

  @Test
  void a_timed_fault_starts_and_ends_on_time() throws Exception {
    given("trouble", "choices-empty@10s..20s; hang-up@20s..30s");

    assertThat(choice(ask("20% off")).isMissingNode()).isFalse();
    nanos.addAndGet(10 * SECOND);
    assertThat(choice(ask("20% off")).isMissingNode()).isTrue();
    nanos.addAndGet(10 * SECOND);
    assertThatThrownBy(() -> ask("20% off")).isInstanceOf(IOException.class);
    nanos.addAndGet(10 * SECOND);
    assertThat(choice(ask("20% off")).isMissingNode()).isFalse();
  }

  @Test
  void oddities_can_be_random() throws Exception {
    given("faults", "content-null=50%,cloudflare-1015=50%");

    for (int call = 0; call < 20; call++) {
      ask("20% off");
    }

    assertThat(counted(InjectedFault.CONTENT_NULL)).isBetween(1L, 19L);
    assertThat(counted(InjectedFault.CONTENT_NULL) + counted(InjectedFault.CLOUDFLARE_1015))
        .isEqualTo(20);
  }
}
