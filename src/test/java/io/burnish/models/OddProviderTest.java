package io.burnish.models;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.LogLines;
import io.burnish.fixtures.Statements;
import io.burnish.models.OddProvider.Reply;
import io.burnish.models.call.CallRecord;
import io.burnish.models.call.ChatCall;
import io.burnish.models.health.Capabilities;
import io.burnish.models.health.ModelStates;
import io.burnish.models.health.ModelStates.RefusedField;
import io.burnish.models.health.ModelStatuses;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.wire.ChatPrompt;
import io.burnish.provider.wire.RequestField;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls to an endpoint that does what no documentation says: how many, to whom, and what is
 * learned.
 */
@QuarkusTest
@TestProfile(OddProviderTest.TwoModels.class)
@QuarkusTestResource(value = EmbeddedPostgresqlResource.class)
@WithTestResource(OddProvider.class)
public class OddProviderTest {

  private static final String FIRST = "lab/first-gpt-oss";
  private static final String SECOND = "lab/second";

  @Inject ChatGateway gateway;
  @Inject ModelChain chain;
  @Inject ModelStatuses statuses;
  @Inject ModelReset reset;
  @Inject Capabilities capabilities;
  @Inject ModelStates states;
  @Inject ModelStateWatch watch;
  @Inject Sql sql;

  private final LogLines log = LogLines.ofWarnings("io.burnish");

  /** Two models without limits, a key, and no worker. */
  public static class TwoModels implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "burnish.worker.enabled", "false",
          "burnish.quota.plan", "unlimited",
          "burnish.models.preference", FIRST + "," + SECOND,
          // So long that a slow machine has made its hundred calls before the first probe.
          "burnish.models.rest", "2s",
          "burnish.models.outage-rest", "1s",
          "burnish.models.refresh", "200ms",
          "burnish.provider.api-key", "gsk_secret");
    }
  }

  @BeforeEach
  void nothing_is_known() {
    OddProvider.answers(request -> new Reply(200, OddProvider.OK));
    reset.reset(FIRST);
    reset.reset(SECOND);
    watch.refresh();
    log.start();
  }

  @AfterEach
  void no_more_lines() {
    log.stop();
  }

  /** An endpoint as picky as those of OpenAI's reasoning models and of Mistral together. */
  private static Reply picky(String request) {
    if (request.contains("\"temperature\"")) {
      return new Reply(
          400,
          "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.2 with this model.\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}");
    }
    for (String field :
        List.of("max_completion_tokens", "max_tokens", "reasoning_effort", "include_reasoning")) {
      if (request.contains("\"" + field + "\"")) {
        return new Reply(
            422,
            "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"%s\"],\"msg\":\"Extra inputs are not permitted\"}]}"
                .formatted(field));
      }
    }
    if (request.contains("json_schema")) {
      return new Reply(
          400,
          "{\"error\":{\"message\":\"This model does not support response format `json_schema`.\",\"param\":\"response_format\"}}");
    }
    return new Reply(200, OddProvider.OK);
  }

  @Test
  void each_field_is_given_up_once_and_remembered() {
    OddProvider.answers(OddProviderTest::picky);
    ChatCall call = question(FIRST);

    gateway.complete(call);

    assertThat(call.calls()).extracting(CallRecord::model).containsOnly(FIRST).hasSize(7);
    assertThat(capabilities.leftOut(FIRST))
        .containsExactlyInAnyOrder(
            RequestField.TEMPERATURE,
            RequestField.MAX_COMPLETION_TOKENS,
            RequestField.MAX_TOKENS,
            RequestField.REASONING_EFFORT,
            RequestField.INCLUDE_REASONING,
            RequestField.JSON_SCHEMA);
    assertThat(capabilities.leftOut(SECOND)).isEmpty();
    assertThat(lines("refuses the field")).hasSize(6);
    assertThat(statuses.all().get(0).cooldownUntil()).isEmpty();

    ChatCall afterwards = question(FIRST);
    gateway.complete(afterwards);
    assertThat(afterwards.calls()).hasSize(1);
  }

  @Test
  void what_is_left_out_is_shown_known_to_other_replicas_and_forgotten_on_demand() {
    OddProvider.answers(OddProviderTest::picky);
    gateway.complete(question(FIRST));
    given()
        .get("/models")
        .then()
        .statusCode(200)
        .body("[0].capabilities.find { it.leftOut == 'temperature' }.since", notNullValue())
        .body(
            "[0].capabilities.find { it.leftOut == 'temperature' }.reason",
            containsString("does not support 0.2"))
        .body("[1].capabilities", empty());
    Capabilities ofAnotherReplica = new Capabilities(states, Clock.systemUTC());
    ofAnotherReplica.update(states.all().refusals(), 0);
    assertThat(ofAnotherReplica.leftOut(FIRST)).isEqualTo(capabilities.leftOut(FIRST));

    given().delete("/models/" + FIRST + "/state").then().statusCode(204);

    assertThat(capabilities.leftOut(FIRST)).isEmpty();
    ofAnotherReplica.update(states.all().refusals(), 0);
    assertThat(ofAnotherReplica.leftOut(FIRST)).isEmpty();
    given().get("/models").then().body("[0].capabilities", empty());
  }

  @Test
  void what_was_read_before_something_was_learned_does_not_undo_it() {
    long before = capabilities.changes();
    List<RefusedField> read = states.all().refusals();
    capabilities.leaveOut(FIRST, RequestField.TEMPERATURE, "no");

    capabilities.update(read, before);

    assertThat(capabilities.leftOut(FIRST)).containsExactly(RequestField.TEMPERATURE);
  }

  @Test
  void a_field_is_tried_again_after_a_day() {
    capabilities.leaveOut(FIRST, RequestField.TEMPERATURE, "no");
    Statements.run(
        sql, "UPDATE model_capability SET refused_at = refused_at - interval '25 hours'");

    watch.refresh();

    assertThat(capabilities.leftOut(FIRST)).isEmpty();
  }

  @Test
  void a_field_that_is_refused_though_it_is_not_sent_is_a_refusal_of_the_request() {
    OddProvider.answers(
        request ->
            new Reply(
                400,
                "{\"error\":{\"message\":\"Unsupported parameter\",\"param\":\"temperature\",\"code\":\"unsupported_parameter\"}}"));
    ChatCall call = question(SECOND, true);

    Throwable fault = catchThrowable(() -> gateway.complete(call));

    assertThat(((ProviderFault) fault).kind()).isEqualTo(ProviderFault.Kind.REFUSED);
    assertThat(((ProviderFault) fault).accountAtFault()).isFalse();
    assertThat(call.calls()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "200; {\"choices\":[]}; 14; 2",
        "200; {\"choices\":[{\"finish_reason\":\"error\",\"error\":{\"code\":502}}]}; 14; 2",
        "503; {\"error\":{\"message\":\"over capacity\"}}; 14; 2",
        "200; <html>Please sign in</html>; 14; 2",
        "0; ; 18; 2",
        "400; {\"error\":{\"message\":\"no\"}}; 8; 2",
        "401; {\"error\":{\"message\":\"Invalid API Key\",\"code\":\"invalid_api_key\"}}; 8; 1",
        "404; {\"error\":{\"message\":\"The model does not exist or you do not have access to it.\",\"code\":\"model_not_found\"}}; 8; 2",
        "429; {\"error\":{\"code\":\"credit_limit\",\"message\":\"credit limit\"}}; 8; 2",
        "302; ; 8; 1"
      })
  void a_hundred_calls_to_a_provider_in_trouble_are_no_storm(
      int status, String body, int most, int mostLines) throws Exception {
    OddProvider.answers(request -> new Reply(status, body == null ? "" : body));

    ask(100);

    assertThat(OddProvider.requests()).hasSizeLessThanOrEqualTo(most);
    assertThat(lines(": ")).as("%s", lines(": ")).hasSizeLessThanOrEqualTo(mostLines);
    assertThat(statuses.decommissioned()).isEmpty();

    OddProvider.answers(request -> new Reply(200, OddProvider.OK));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> catchThrowable(() -> gateway.complete(question(FIRST))) == null);
  }

  @Test
  void a_provider_in_trouble_is_probed_about_once_a_second_and_model() throws Exception {
    OddProvider.answers(request -> new Reply(200, "{\"choices\":[]}"));
    ask(100);
    OddProvider.answers(request -> new Reply(200, "{\"choices\":[]}"));

    long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
    while (System.nanoTime() < end) {
      ask(20);
    }

    assertThat(OddProvider.requests()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void a_model_without_an_answer_falls_back_to_one_that_answers() {
    OddProvider.answers(
        request ->
            request.contains(FIRST)
                ? new Reply(200, "{\"choices\":[]}")
                : new Reply(200, OddProvider.OK));
    chain.answered(SECOND);
    ChatCall call = question(FIRST);

    gateway.complete(call);

    assertThat(call.last().model()).isEqualTo(SECOND);
  }

  @Test
  void a_decommissioned_model_is_out_until_its_state_is_forgotten_at_every_replica() {
    OddProvider.answers(
        request ->
            request.contains(FIRST)
                ? new Reply(
                    400,
                    "{\"error\":{\"message\":\"The model has been decommissioned\",\"code\":\"model_decommissioned\"}}")
                : new Reply(200, OddProvider.OK));
    gateway.complete(question(FIRST));
    assertThat(statuses.decommissioned()).containsExactly(FIRST);
    given().get("/models").then().body("[0].state", is("gone"));

    given()
        .urlEncodingEnabled(false)
        .delete("/models/" + FIRST.replace("/", "%2F") + "/state")
        .then()
        .statusCode(204);

    assertThat(statuses.decommissioned()).isEmpty();
    given().get("/models").then().body("state", contains("usable", "usable"));
  }

  @Test
  void what_another_replica_finds_or_forgets_is_known_here_soon() {
    states.decommission(FIRST, "decommissioned");
    Awaitility.await().until(() -> statuses.decommissioned().contains(FIRST));

    states.reset(FIRST);

    Awaitility.await().until(() -> statuses.decommissioned().isEmpty());
  }

  @Test
  void what_is_learned_after_a_reset_is_not_forgotten_when_the_reset_is_read() {
    given().delete("/models/" + FIRST + "/state").then().statusCode(204);
    chain.answered(FIRST);

    watch.refresh();

    assertThat(chain.answeredRecently(FIRST)).isTrue();
  }

  @Test
  void what_is_learned_at_another_endpoint_does_not_count_here() {
    Statements.run(
        sql,
        "INSERT INTO model_state (endpoint, model, decommissioned_at, decommissioned_reason) VALUES ('https://elsewhere', '%s', now(), 'decommissioned'), ('', '%s', now(), 'decommissioned')"
            .formatted(FIRST, SECOND));
    Statements.run(
        sql,
        "INSERT INTO model_capability VALUES ('https://elsewhere', '%s', 'temperature', 'no', now())"
            .formatted(FIRST));

    watch.refresh();

    assertThat(statuses.decommissioned()).isEmpty();
    assertThat(capabilities.leftOut(FIRST)).isEmpty();
  }

  @Test
  void the_state_of_a_model_that_is_not_configured_is_a_problem() {
    given()
        .delete("/models/unknown/state")
        .then()
        .statusCode(404)
        .contentType(containsString("problem+json"))
        .body("detail", containsString("unknown"));
  }

  private void ask(int calls) throws InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(calls);
    try {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        asked.add(callers.submit(() -> gateway.complete(question(FIRST))));
      }
      for (Future<?> call : asked) {
        try {
          call.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(ProviderFault.class);
        }
      }
    } finally {
      callers.shutdownNow();
    }
  }

  /** Warnings and errors with this text. */
  private List<String> lines(String text) {
    return log.lines().stream().filter(line -> line.contains(text)).toList();
  }

  private static ChatCall question(String model) {
    return question(model, false);
  }

  private static ChatCall question(String model, boolean divisible) {
    ChatPrompt prompt = new ChatPrompt("Answer in JSON.", "{\"records\":[]}", "{}", 400);
    return ChatCall.first(prompt, 100, model, divisible);
  }
}
