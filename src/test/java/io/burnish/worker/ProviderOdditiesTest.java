package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.fixtures.LogLines;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.SimulatedCall;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.SimulatorSettings;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What real providers send, every call the same for some seconds ({@code oddities.seconds}; twenty
 * with {@code -Pcrash}), under the production default. No storm, nothing fails that need not, all
 * is done soon after the provider is well.
 */
@QuarkusTest
@TestProfile(ProviderOdditiesTest.ShortCooldowns.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
@QuarkusTestResource(
    value = GroqLikeProvider.class,
    restrictToAnnotatedClass = true,
    initArgs = {
      @ResourceArg(name = "limits", value = "*=900/30000/240000/6000000"),
      @ResourceArg(name = "latency", value = "20ms")
    })
class ProviderOdditiesTest {

  private static final int SECONDS = Integer.getInteger("oddities.seconds", 1);
  private static final int RECORDS = 64;
  private static final List<String> MODELS =
      List.of("openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b");

  /** Each model is probed about once a second; a few calls are out when the trouble begins. */
  private static final int MOST_CALLS = MODELS.size() * (6 + 2 * SECONDS);

  Simulator simulator;

  private final LogLines log = LogLines.ofWarnings("io.burnish");

  /** Cooldowns end after a second, so that the test is short; a storm would show all the more. */
  public static class ShortCooldowns implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "burnish.models.outage-rest", "1s",
          "burnish.models.longest-rest", "1s",
          "burnish.models.longest-rest-after-refusals", "1s",
          "burnish.models.longest-absence", "2s");
    }
  }

  @BeforeEach
  void nothing_is_known_of_the_models() {
    simulator.clear();
    simulator.change(simulator.settings().with("trouble", "").with("dislikes", ""));
    simulator.reset();
    MODELS.forEach(model -> given().delete("/models/" + model + "/state").then().statusCode(204));
    log.start();
  }

  @AfterEach
  void no_more_lines_are_kept() {
    log.stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {
        "CONTENT_PARTS",
        "THINK_DRAFT",
        "CHANNEL_DRAFT",
        "PROSE_DRAFT",
        "REASONING_DRAFT",
        "GZIP",
        "OUTPUT_PARSE_FAILED",
        "TOOL_USE_FAILED",
        "JSON_VALIDATE_FAILED",
        "USAGE_NONE",
        "USAGE_NULL",
        "USAGE_NEGATIVE",
        "USAGE_ABSURD",
        "USAGE_FLOAT",
        "USAGE_AS_TEXT"
      })
  void an_answer_in_an_odd_form_is_read_without_another_call(InjectedFault kind) {
    every(kind, Duration.ofMinutes(5));

    PostedJob job = Scenario.given(RECORDS).ended().assertCounts(RECORDS, 0);

    assertThat(job.<Number>results("price")).extracting(Number::intValue).containsOnly(20);
    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(RECORDS / 16 + 4);
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {
        "CHOICES_EMPTY",
        "FINISH_ERROR",
        "CONTENT_NULL",
        "SERVER_ERROR",
        "BAD_GATEWAY",
        "OVERLOADED",
        "NO_CAPACITY",
        "ERROR_WITH_200",
        "HANG_UP",
        "BAD_REQUEST",
        "CAPTIVE_PAGE",
        "NO_CONTENT",
        "REDIRECT",
        "THROTTLED_IN_200",
        "CREDIT_LIMIT",
        "CLOUDFLARE_1015",
        "INSUFFICIENT_QUOTA",
        "KEY_REFUSED",
        "MODEL_NOT_FOUND",
        "TERMS_REQUIRED"
      })
  void a_provider_that_fails_every_call_for_a_while_costs_no_record_and_draws_no_storm(
      InjectedFault kind) {
    every(kind, Duration.ofSeconds(SECONDS));

    Scenario.given(RECORDS).ended().assertCounts(RECORDS, 0);

    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.records().toString()).doesNotContain("problems"));
    assertThat(calls.stream().filter(call -> call.fault().isPresent()).count())
        .isBetween(1L, (long) MOST_CALLS);
    assertThat(log.lines()).hasSizeLessThanOrEqualTo(3 * MODELS.size() + 2 * SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "temperature,openai",
    "temperature,azure",
    "max_completion_tokens,openai-parameter",
    "max_completion_tokens,pydantic",
    "max_completion_tokens,azure",
    "reasoning_effort,groq",
    "include_reasoning,fastapi",
    "response_format.json_schema,openai",
    "response_format,vllm"
  })
  void a_field_that_a_model_refuses_is_left_out_from_then_on(String field, String style) {
    simulator.change(simulator.settings().with("dislikes", field + "=" + style));

    Scenario.given(RECORDS).ended().assertCounts(RECORDS, 0);
    int calls = simulator.calls().size();
    Scenario.given(16).ended();

    assertThat(calls).isLessThanOrEqualTo(30);
    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(calls + 2);
    assertThat(given().get("/models").asString()).contains(field.split("\\.")[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {"CONTENT_FILTER", "REQUEST_REFUSED", "BAD_REQUEST"})
  void one_record_that_draws_a_400_fails_alone(InjectedFault kind) {
    ObjectNode refused = Discounts.readable("refused");

    Scenario.given(RECORDS - 1)
        .and(refused)
        .onProvider(simulator, refused, kind)
        .ended()
        .assertCounts(RECORDS - 1, 1);

    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void records_that_are_always_missing_in_company_are_asked_about_in_smaller_company() {
    every(InjectedFault.DROPS_REFS, Duration.ofMinutes(5));

    Scenario.given(RECORDS).ended().assertCounts(RECORDS, 0);

    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void a_connection_that_is_closed_as_it_is_used_again_costs_neither_cooldown_nor_fallback() {
    every(InjectedFault.HANG_UP_IDLE, Duration.ofMinutes(5));

    Scenario.given(RECORDS).ended().assertCounts(RECORDS, 0);

    // Each pack is sent once more at most, on a connection of its own.
    assertThat(simulator.calls()).hasSizeLessThanOrEqualTo(2 * RECORDS / 16 + 2);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void answers_without_any_limit_are_held_to_no_plan() {
    simulator.change(simulator.settings().with("headers", "off").with("limits", ""));
    try {
      Scenario.given(400).ended().assertCounts(400, 0);

      assertThat(given().get("/models").jsonPath().getList("pacing")).contains("adaptive");
    } finally {
      simulator.change(
          simulator
              .settings()
              .with("headers", "response")
              .with("limits", "*=900/30000/240000/6000000"));
    }
  }

  /** From now on for so long. */
  private void every(InjectedFault kind, Duration time) {
    SimulatorSettings settings = simulator.settings();
    String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    simulator.change(settings.with("trouble", "%s@0s..%ds".formatted(name, time.toSeconds())));
    simulator.reset();
  }
}
