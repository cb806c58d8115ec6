package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.GroqLikeProvider;
import io.burnish.fixtures.LogLines;
import io.burnish.fixtures.PostedJob;
import io.burnish.fixtures.Scenario;
import io.burnish.simulator.Simulator;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.settings.SimulatorSettings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
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
 * What real providers send, every call the same for a while ({@code oddities.millis}; twenty
 * seconds with {@code -Pcrash}), under the production default. No storm, nothing fails that need
 * not, all is done soon after the provider is well.
 */
@QuarkusTest
@TestProfile(ProviderOdditiesTest.ShortCooldowns.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
@WithTestResource(
    value = GroqLikeProvider.class,
    initArgs = {
      @ResourceArg(name = "limits", value = DefaultPlanTest.LIMITS),
      @ResourceArg(name = "latency", value = "20ms")
    })
class ProviderOdditiesTest {

  private static final Duration TROUBLE = Duration.ofMillis(Integer.getInteger("oddities.millis"));

  /** Short, so that the test is short; a storm would show all the more. */
  private static final Duration COOLDOWN = Duration.ofMillis(500);

  /** Probes of a model while the trouble lasts. */
  private static final int PROBES = (int) TROUBLE.dividedBy(COOLDOWN);

  private static final int RECORDS = 64;
  private static final List<String> MODELS =
      List.of("openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b");

  /** Each model is probed about once a cooldown; a few calls are out when the trouble begins. */
  private static final int MOST_CALLS = MODELS.size() * (6 + 2 * PROBES);

  Simulator simulator;

  private final LogLines log = LogLines.ofWarnings("io.burnish");

  /** Every cooldown is short. */
  public static class ShortCooldowns implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "burnish.models.outage-rest", COOLDOWN.toString(),
          "burnish.models.longest-rest", COOLDOWN.toString(),
          "burnish.models.longest-rest-after-refusals", COOLDOWN.toString(),
          "burnish.models.longest-absence", COOLDOWN.multipliedBy(2).toString());
    }
  }

  @BeforeEach
  void nothing_is_known_of_the_models() {
    the_provider_behaves();
    Api.forgetModels();
    log.start();
  }

  @AfterEach
  void nothing_is_left() {
    log.stop();
    the_provider_behaves();
  }

  private void the_provider_behaves() {
    simulator.clear();
    simulator.change(simulator.settings().with("trouble", "").with("dislikes", ""));
    simulator.reset();
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
    every(kind, TROUBLE);

    Scenario.given(RECORDS).ended().assertCounts(RECORDS, 0);

    List<SimulatedCall> calls = simulator.calls();
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.records().toString()).doesNotContain("problems"));
    assertThat(calls.stream().filter(call -> call.fault().isPresent()).count())
        .isBetween(1L, (long) MOST_CALLS);
    assertThat(log.lines()).hasSizeLessThanOrEqualTo(3 * MODELS.size() + 2 * PROBES);
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
          simulator.settings().with("headers", "response").with("limits", DefaultPlanTest.LIMITS));
    }
  }

  /** From now on for so long. */
  private void every(InjectedFault kind, Duration time) {
    SimulatorSettings settings = simulator.settings();
    String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    simulator.change(settings.with("trouble", "%s@0s..%dms".formatted(name, time.toMillis())));
    simulator.reset();
  }
}
