package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.calls.CallLog;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.FaultScript;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.model.TokenCounter;
import io.burnish.simulator.model.TokenUsage;
import io.burnish.simulator.replies.PendingReply;
import io.burnish.simulator.settings.SimulatorSettings;
import io.burnish.simulator.wire.Caller;
import io.burnish.simulator.wire.CompletionBody;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls without HTTP, at moments that the test sets. */
class CompletionsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String GPT_OSS = "openai/gpt-oss-120b";
  private static final String QWEN = "qwen/qwen3.8-27b";
  private static final Caller CALLER = new Caller("Bearer key", "Test/1", false);

  private final FaultScript script = new FaultScript();
  private SimulatorSettings settings = SimulatorSettings.INSTANT;
  private CallLog log = new CallLog(settings);
  private Completions completions = new Completions(settings, script, log, Clock.systemUTC());

  private void given(String... options) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    settings = SimulatorSettings.of(all);
    log = new CallLog(settings);
    completions = new Completions(settings, script, log, Clock.systemUTC());
  }

  private static ObjectNode request(String model, int max) {
    ObjectNode record = CompletionBody.JSON.createObjectNode();
    record.put("ref", 1).put("title", "20% off every pair of shoes");
    ObjectNode user = CompletionBody.JSON.createObjectNode();
    user.putArray("records").add(record);
    ObjectNode body = CompletionBody.JSON.createObjectNode().put("model", model);
    var messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", "Answer in JSON. ".repeat(80));
    messages.addObject().put("role", "user").put("content", user.toString());
    body.putObject("response_format").put("type", "json_object");
    return max > 0 ? body.put("max_completion_tokens", max) : body;
  }

  private Reply call(ObjectNode request, long now) {
    return completions.accept(CALLER, request.toString(), now).finish(now).orElseThrow();
  }

  private static JsonNode json(Reply reply) {
    try {
      return CompletionBody.JSON.readTree(reply.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_good_call_is_answered_with_what_the_rules_read_and_what_it_took() {
    JsonNode body = json(call(request(GPT_OSS, 400), 0));

    JsonNode choice = body.path("choices").path(0);
    assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
    assertThat(choice.path("message").path("content").asText())
        .contains("\"price\":20,\"discount_type\":\"percentage\"");
    JsonNode usage = body.path("usage");
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt());
    assertThat(usage.path("total_time").asDouble())
        .isEqualTo(usage.path("prompt_time").asDouble() + usage.path("completion_time").asDouble());
    assertThat(usage.path("completion_tokens_details").path("reasoning_tokens").asInt())
        .isEqualTo(4 * 20 * 2);
    assertThat(usage.has("prompt_tokens_details")).isFalse();
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "object",
            "created",
            "model",
            "choices",
            "usage",
            "usage_breakdown",
            "system_fingerprint",
            "x_groq",
            "service_tier");
  }

  @Test
  void tokens_are_those_of_a_real_tokenizer_and_of_the_models_template() {
    int gptOss = json(call(request(GPT_OSS, 400), 0)).path("usage").path("prompt_tokens").asInt();
    int qwen = json(call(request(QWEN, 400), 0)).path("usage").path("prompt_tokens").asInt();

    assertThat(gptOss - qwen).isEqualTo(59);
    assertThat(TokenCounter.O200K.of("hello world")).isEqualTo(2);
    assertThat(TokenCounter.O200K.of("שלום עולם")).isPositive();
    assertThat(TokenCounter.CHARACTERS.of("hello world")).isEqualTo(3);
  }

  @Test
  void only_models_with_a_reasoning_effort_reason() {
    JsonNode usage = json(call(request(QWEN, 400), 0)).path("usage");

    assertThat(usage.has("completion_tokens_details")).isFalse();
  }

  @Test
  void a_repeated_prefix_is_cached_in_steps_of_128_and_not_charged() {
    given("limits", "*=-/-/100000/-");
    ObjectNode request = request(GPT_OSS, 400);

    call(request, 0);
    JsonNode usage = json(call(request, 0)).path("usage");

    int cached = usage.path("prompt_tokens_details").path("cached_tokens").asInt();
    assertThat(cached).isPositive().isLessThan(usage.path("prompt_tokens").asInt());
    assertThat(cached % 128).isZero();
    SimulatedCall second = log.calls().get(1);
    assertThat(second.usage().charged())
        .isEqualTo(
            usage.path("prompt_tokens").asInt() - cached + usage.path("completion_tokens").asInt());
    long charged = log.calls().stream().mapToLong(c -> c.usage().charged()).sum();
    assertThat(completions.quotas().get(GPT_OSS).levels(0).get(LimitDimension.TPM))
        .isEqualTo(100_000.0 - charged);
    assertThat(json(call(request, 7_201 * SECOND)).path("usage").has("prompt_tokens_details"))
        .isFalse();
  }

  @Test
  void caching_can_be_switched_off() {
    given("caching", "false");

    call(request(GPT_OSS, 400), 0);

    assertThat(json(call(request(GPT_OSS, 400), 0)).path("usage").has("prompt_tokens_details"))
        .isFalse();
  }

  @Test
  void admission_reserves_prompt_and_maximum_and_settling_refunds_the_rest() {
    given("plan", "free", "caching", "false");
    int prompt = json(call(request(QWEN, 400), 0)).path("usage").path("prompt_tokens").asInt();
    int charged = log.calls().get(0).usage().charged();
    assertThat(completions.quotas().get(QWEN).levels(0).get(LimitDimension.TPM))
        .isEqualTo(8_000.0 - charged);

    PendingReply open = completions.accept(CALLER, request(QWEN, 4_000).toString(), 0);
    Reply refused = call(request(QWEN, 4_000), 0);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(json(refused).path("error").path("message").asText())
        .contains(
            "Limit 8000, Used %d, Requested %d."
                .formatted(charged + prompt + 4_000, prompt + 4_000));
    open.finish(0);
    assertThat(call(request(QWEN, 4_000), 0).status()).isEqualTo(200);
  }

  @Test
  void without_a_maximum_the_prompt_alone_is_counted_and_the_answer_after_it() {
    given("limits", "*=-/-/100000/-", "caching", "false");

    PendingReply pending = completions.accept(CALLER, request(QWEN, 0).toString(), 0);
    double reserved = 100_000 - completions.quotas().get(QWEN).levels(0).get(LimitDimension.TPM);
    pending.finish(0);

    TokenUsage usage = log.calls().get(0).usage();
    assertThat(reserved).isEqualTo(usage.prompt());
    assertThat(completions.quotas().get(QWEN).levels(0).get(LimitDimension.TPM))
        .isEqualTo(100_000.0 - usage.prompt() - usage.completion());
  }

  @Test
  void a_call_larger_than_the_limit_gets_a_413() {
    given("plan", "free");

    Reply reply = call(request(QWEN, 9_000), 0);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.headers()).doesNotContainKey("retry-after");
    assertThat(log.calls().get(0).refusedBy()).contains(LimitDimension.TPM);
  }

  @Test
  void successes_and_429s_report_the_limits_and_bad_requests_do_not() {
    given("limits", "*=1/1000/8000/-");

    Reply good = call(request(QWEN, 400), 0);
    Reply throttled = call(request(QWEN, 400), 0);
    Reply bad = call(request(QWEN, 400).put("n", 3), 0);

    assertThat(good.headers()).containsEntry("x-ratelimit-remaining-requests", "999");
    assertThat(good.headers()).doesNotContainKey("retry-after");
    assertThat(throttled.headers())
        .containsEntry("x-ratelimit-limit-tokens", "8000")
        .containsEntry("retry-after", "60");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.headers()).isEmpty();
  }

  @Test
  void headers_can_be_as_of_the_admission() {
    given("limits", "*=-/-/8000/-", "headers", "admission", "caching", "false");

    PendingReply pending = completions.accept(CALLER, request(QWEN, 400).toString(), 0);
    Reply reply = pending.finish(SECOND).orElseThrow();

    int reserved = log.calls().get(0).usage().prompt() + 400;
    assertThat(reply.headers())
        .containsEntry("x-ratelimit-remaining-tokens", String.valueOf(8_000 - reserved));
  }

  @Test
  void headers_and_reasons_can_be_switched_off() {
    given("limits", "*=1/-/8000/-", "headers", "off", "reasons", "false");

    assertThat(call(request(QWEN, 400), 0).headers()).isEmpty();
    Reply throttled = call(request(QWEN, 400), 0);

    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.headers()).isEmpty();
    assertThat(throttled.body()).doesNotContain("RPM");
  }

  @Test
  void an_answer_over_the_maximum_fails_in_json_modes_and_is_truncated_in_text() {
    Reply failed = call(request(GPT_OSS, 100), 0);
    assertThat(failed.status()).isEqualTo(400);
    assertThat(json(failed).path("error").path("failed_generation").asText())
        .isEqualTo("max completion tokens reached before generating a valid document");
    assertThat(log.calls().get(0).usage().completion()).isEqualTo(100);

    ObjectNode text = request(QWEN, 10);
    text.remove("response_format");
    JsonNode cut = json(call(text, 0));
    assertThat(cut.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
    assertThat(cut.path("usage").path("completion_tokens").asInt()).isEqualTo(10);
  }

  @Test
  void less_effort_leaves_room_for_the_answer() {
    ObjectNode request = request(GPT_OSS, 120).put("reasoning_effort", "low");

    assertThat(call(request, 0).status()).isEqualTo(200);
  }

  @Test
  void decommissioned_and_unknown_models_are_refused() {
    given("unknown-models", "refuse", "decommissioned", "openai/gpt-oss-20b");

    assertThat(call(request("simulated/openai/gpt-oss-20b", 100), 0).body())
        .contains("`simulated/openai/gpt-oss-20b` has been decommissioned");
    assertThat(call(request("nobody/nothing", 100), 0).status()).isEqualTo(404);
    assertThat(call(request(QWEN, 400), 0).status()).isEqualTo(200);
  }

  @Test
  void by_default_the_models_that_the_provider_decommissioned_are_refused() {
    assertThat(call(request("llama-3.3-70b-versatile", 400), 0).body())
        .contains("model_decommissioned");
    assertThat(call(request("my/own", 400), 0).status()).isEqualTo(200);
  }

  @Test
  void checks_can_be_switched_off() {
    given("checks", "false");

    assertThat(call(request(QWEN, 400).put("n", 3), 0).status()).isEqualTo(200);
  }

  @Test
  void callers_without_a_key_or_a_user_agent_are_refused() {
    String body = request(QWEN, 400).toString();

    assertThat(completions.accept(new Caller(null, "Test/1", false), body, 0).finish(0))
        .map(Reply::status)
        .contains(401);
    assertThat(completions.accept(new Caller("Bearer x", null, false), body, 0).finish(0))
        .map(Reply::body)
        .contains("error code: 1010");
  }

  @Test
  void while_it_is_down_every_call_is_refused_and_takes_nothing() {
    given("limits", "*=-/100/-/-", "down", "overloaded@60s..120s");

    assertThat(call(request(QWEN, 400), 59 * SECOND).status()).isEqualTo(200);
    assertThat(call(request(QWEN, 400), 60 * SECOND).status()).isEqualTo(503);
    assertThat(call(request(QWEN, 400), 120 * SECOND).status()).isEqualTo(200);
    assertThat(log.calls()).extracting(SimulatedCall::admitted).containsExactly(true, false, true);
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {"NO_CAPACITY", "OVERLOADED"})
  void an_overloaded_provider_names_a_wait_only_if_it_is_set(InjectedFault kind) {
    script.next(List.of(kind));
    assertThat(call(request(QWEN, 400), 0).headers()).doesNotContainKey("retry-after");

    given("overload-wait", "1m30s");
    script.next(List.of(kind));

    assertThat(call(request(QWEN, 400), 0).headers()).containsEntry("retry-after", "90");
  }

  @Test
  void an_outage_names_the_same_wait() {
    given("overload-wait", "30s", "down", "overloaded@0s..120s");

    assertThat(call(request(QWEN, 400), 0).headers()).containsEntry("retry-after", "30");
  }

  @ParameterizedTest
  @EnumSource(
      value = InjectedFault.class,
      names = {"SERVER_ERROR", "BAD_GATEWAY", "OVERLOADED", "ERROR_WITH_200"})
  void server_errors_take_a_request_and_no_tokens(InjectedFault kind) {
    given("limits", "*=-/100/8000/-");
    script.next(List.of(kind));

    call(request(QWEN, 400), 0);

    assertThat(completions.quotas().get(QWEN).levels(0))
        .isEqualTo(Map.of(LimitDimension.RPD, 99.0, LimitDimension.TPM, 8_000.0));
  }

  @Test
  void a_call_without_a_response_is_charged_and_logged_with_status_0() {
    script.next(List.of(InjectedFault.HANG_UP));

    Optional<Reply> reply = completions.accept(CALLER, request(QWEN, 400).toString(), 0).finish(0);

    assertThat(reply).isEmpty();
    assertThat(log.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.status()).isZero())
        .satisfies(call -> assertThat(call.usage().charged()).isPositive());
  }

  @Test
  void random_faults_are_logged_and_repeat_after_a_reset() {
    given("faults", "fenced-json=50%", "seed", "42");

    List<Optional<InjectedFault>> first = misbehavioursOfTwenty();
    completions.reset();
    log.clear();
    List<Optional<InjectedFault>> second = misbehavioursOfTwenty();

    assertThat(first).contains(Optional.of(InjectedFault.FENCED_JSON), Optional.empty());
    assertThat(second).isEqualTo(first);
  }

  private List<Optional<InjectedFault>> misbehavioursOfTwenty() {
    for (int i = 0; i < 20; i++) {
      call(request(QWEN, 400), 0);
    }
    return log.calls().stream().map(SimulatedCall::fault).toList();
  }

  @Test
  void a_slow_call_takes_the_slow_time_and_others_the_latency() {
    given("latency", "20ms", "slow", "3s");
    script.next(List.of(InjectedFault.SLOW));

    String body = request(QWEN, 400).toString();
    assertThat(completions.accept(CALLER, body, 0).delay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(completions.accept(CALLER, body, 0).delay()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void other_settings_keep_what_was_used() {
    given("limits", "*=-/100/-/-");
    call(request(QWEN, 400), 0);

    completions.change(settings.with("limits", "*=-/50/-/-"), 0);

    assertThat(completions.quotas().get(QWEN).levels(0)).containsEntry(LimitDimension.RPD, 49.0);
  }
}
