package io.burnish.provider.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.provider.Recording;
import io.burnish.provider.fault.ModelUnavailable;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.ProviderFault.Dimension;
import io.burnish.provider.fault.ProviderFault.Kind;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.Throttled.Figures;
import io.burnish.provider.fault.TimedOut;
import io.burnish.provider.fault.TooLarge;
import io.burnish.provider.fault.Unsupported;
import io.burnish.provider.wire.RequestField;
import io.burnish.provider.wire.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the reference groq-api.md §2.5 and §3, by its recorded body. */
class FaultMappingTest {

  private static final String MODEL = "openai/gpt-oss-120b";
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private static ProviderFault fault(int status, String file) {
    return fault(status, file, Map.of());
  }

  private static ProviderFault fault(int status, String file, Map<String, String> headers) {
    ProviderFault fault = FaultMapping.of(MODEL, status, headers::get, Recording.body(file), NOW);
    assertThat(fault.model()).isEqualTo(MODEL);
    assertThat(fault.httpStatus()).isEqualTo(status);
    return fault;
  }

  private static Throttled throttled(String file) {
    return (Throttled) fault(429, file);
  }

  @ParameterizedTest
  @CsvSource({
    "throttled-tpm.json, TPM, 8000, 6644, 2931, PT11.8125S",
    "throttled-tpd.json, TPD, 100000, 96604, 9985, PT1H34M52.896S",
    "throttled-rpm.json, RPM, 30, 30, 1, PT2S",
    "throttled-rpd.json, RPD, 1000, 1000, 1, PT1M26.4S",
    "throttled-itpm.json, ITPM, 7000, 5160, 3204, PT11.691428571S",
    "throttled-otpm.json, OTPM, 1000, 900, 400, PT18S",
    "throttled-2024.json, TPM, 5000, 5747, 4251, PT59.977S",
    "throttled-2024-no-dimension.json, UNKNOWN, 500000, 500370, 1130, PT4M19.2S"
  })
  void a_429_tells_the_dimension_the_figures_and_the_wait(
      String file,
      Dimension dimension,
      double limit,
      double used,
      double requested,
      Duration wait) {
    Throttled fault = throttled(file);

    assertThat(fault.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(fault.dimension()).isEqualTo(dimension);
    assertThat(fault.figures()).contains(new Figures(limit, used, requested));
    assertThat(fault.waitTime()).contains(wait);
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  @Test
  void a_429_that_tells_nothing_is_throttled_for_nobody_knows_how_long() {
    Throttled fault = throttled("throttled-silently.json");

    assertThat(fault.dimension()).isEqualTo(Dimension.UNKNOWN);
    assertThat(fault.figures()).isEmpty();
    assertThat(fault.waitTime()).isEmpty();
  }

  @Test
  void a_429_of_which_only_the_header_tells_the_wait_waits_that_long() {
    Throttled fault = (Throttled) fault(429, "throttled-silently.json", Map.of("retry-after", "9"));

    assertThat(fault.waitTime()).contains(Duration.ofSeconds(9));
  }

  @Test
  void of_header_and_message_the_longer_wait_counts() {
    Throttled fault = (Throttled) fault(429, "throttled-tpm.json", Map.of("retry-after", "12"));

    assertThat(fault.waitTime()).contains(Duration.ofSeconds(12));
  }

  @Test
  void a_refusal_by_a_limit_is_known_by_its_code_under_any_status() {
    ProviderFault fault = fault(403, "throttled-tpm.json");

    assertThat(fault.kind()).isEqualTo(Kind.THROTTLED);
  }

  @Test
  void a_request_above_the_limit_of_tokens_a_minute_is_too_large_and_tells_the_limit() {
    TooLarge fault = (TooLarge) fault(413, "too-large.json");

    assertThat(fault.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(fault.limit()).contains(8_000.0);
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  @Test
  void a_request_above_another_limit_is_too_large_and_teaches_nothing_of_tokens_a_minute() {
    TooLarge fault = (TooLarge) fault(413, "too-large-itpm.json");

    assertThat(fault.limit()).isEmpty();
  }

  @Test
  void a_429_on_more_than_the_whole_window_is_too_large_whatever_wait_it_names() {
    TooLarge fault = (TooLarge) fault(429, "throttled-2024-never-fits.json");

    assertThat(fault.limit()).contains(7_000.0);
  }

  @Test
  void a_413_of_a_proxy_is_too_large_too() {
    TooLarge fault = (TooLarge) fault(413, "bad-gateway.html");

    assertThat(fault.limit()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maximum-too-large.json",
        "maximum-too-large-openai.json",
        "context-length.json",
        "context-length-vllm.json",
        "context-size-llama-cpp.json"
      })
  void a_request_beyond_what_the_model_can_hold_is_too_large(String file) {
    assertThat(fault(400, file).kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "408, server-error.json",
    "409, server-error.json",
    "498, no-capacity.json",
    "500, server-error.json",
    "502, bad-gateway.html",
    "503, over-capacity.json",
    "504, bad-gateway.html",
    "529, bad-gateway.html"
  })
  void what_passes_by_itself_is_overloaded(int status, String file) {
    ProviderFault fault = fault(status, file);

    assertThat(fault.kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "408, server-error.json, retry-after, 7, PT7S",
    "498, no-capacity.json, retry-after, 30, PT30S",
    "498, no-capacity.json, retry-after-ms, 1500, PT1.5S",
    "500, server-error.json, retry-after, 0.5, PT0.5S",
    "502, bad-gateway.html, retry-after, 20, PT20S",
    "503, over-capacity.json, retry-after, 120, PT2M",
    "503, over-capacity.json, retry-after, 'Mon, 02 Nov 2026 10:00:30 GMT', PT30S",
    "503, over-capacity.json, retry-after, 999999999999, PT24H",
    "504, bad-gateway.html, retry-after, 5, PT5S",
    "200, error-with-200.json, retry-after, 3, PT3S"
  })
  void an_overloaded_provider_that_names_a_wait_is_understood_like_a_limit(
      int status, String file, String header, String value, Duration wait) {
    ProviderFault fault = fault(status, file, Map.of(header, value));

    assertThat(fault.kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(fault.waitTime()).contains(wait);
  }

  @Test
  void a_wait_within_the_message_of_a_503_counts_too() {
    String body = "{\"error\":{\"message\":\"Over capacity. Please try again in 1m26.4s.\"}}";

    ProviderFault fault = FaultMapping.of(MODEL, 503, name -> null, body, NOW);

    assertThat(fault.waitTime()).contains(Duration.ofMillis(86_400));
  }

  @ParameterizedTest
  @CsvSource({"498, no-capacity.json", "503, over-capacity.json", "502, bad-gateway.html"})
  void an_overloaded_provider_that_names_no_wait_asks_for_none(int status, String file) {
    assertThat(fault(status, file).waitTime()).isEmpty();
    assertThat(fault(status, file, Map.of("retry-after", "soon")).waitTime()).isEmpty();
  }

  @Test
  void of_a_page_its_words_are_told() {
    assertThat(fault(502, "bad-gateway.html"))
        .hasMessage("HTTP 502: 502 Bad Gateway 502 Bad Gateway cloudflare");
  }

  @Test
  void text_that_the_provider_held_for_invalid_is_handed_on() {
    ProviderFault fault = fault(400, "json-validate-failed.json");

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration())
        .hasValueSatisfying(text -> assertThat(text).startsWith("{\"records\":[{\"ref\":1,"));
    assertThat(fault.anotherModelMayAnswer()).isFalse();
  }

  @Test
  void a_tool_that_nobody_offered_is_an_unusable_answer_with_its_text() {
    ProviderFault fault = fault(400, "tool-use-failed.json");

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration())
        .hasValueSatisfying(text -> assertThat(text).contains("\"records\""));
  }

  @Test
  void what_the_provider_could_not_parse_is_handed_on_with_what_it_cost() {
    ProviderFault fault = fault(400, "output-parse-failed.json");

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration())
        .hasValueSatisfying(text -> assertThat(text).contains("{\"records\":[{\"ref\":1,"));
    assertThat(fault.billedAnswer())
        .hasValueSatisfying(paid -> assertThat(paid.charged()).isEqualTo(761));
  }

  @Test
  void a_failed_generation_is_one_whatever_its_code_is() {
    ProviderFault fault = fault(400, "generation-failed-unknown.json");

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration()).contains("{\"records\":[");
  }

  @ParameterizedTest
  @CsvSource({
    "400, field-temperature-value.json, TEMPERATURE",
    "400, field-behind-router.json, TEMPERATURE",
    "400, field-max-tokens-openai.json, MAX_TOKENS",
    "400, field-maximum-parameter.json, MAX_COMPLETION_TOKENS",
    "422, field-extra-mistral.json, MAX_COMPLETION_TOKENS",
    "422, field-extra-fastapi.json, MAX_COMPLETION_TOKENS",
    "400, field-unrecognized-azure.json, REASONING_EFFORT",
    "400, field-list-of-one.json, REASONING_EFFORT",
    "400, field-thinking-ollama.json, REASONING_EFFORT",
    "400, field-property-groq.json, INCLUDE_REASONING",
    "400, field-vllm.json, INCLUDE_REASONING",
    "400, field-format-openai.json, JSON_SCHEMA",
    "400, field-format-nested.json, JSON_SCHEMA",
    "400, schema-additional-properties.json, JSON_SCHEMA",
    "400, schema-without-properties.json, JSON_SCHEMA",
    "400, schema-keyword.json, JSON_SCHEMA",
    "400, schema-not-taken.json, JSON_SCHEMA",
    "400, schema-not-taken-2025.json, JSON_SCHEMA",
    "500, field-maximum-parameter.json, MAX_COMPLETION_TOKENS"
  })
  void a_field_that_can_be_left_out_is_named(int status, String file, RequestField field) {
    ProviderFault fault = fault(status, file);

    assertThat(fault)
        .isInstanceOfSatisfying(
            Unsupported.class, refused -> assertThat(refused.field()).isEqualTo(field));
    assertThat(fault.accountAtFault()).isFalse();
  }

  @Test
  void an_object_is_refused_where_no_schema_was_sent() {
    ProviderFault fault =
        sending(EnumSet.of(RequestField.JSON_OBJECT), 400, "must-mention-json.json");

    assertThat(((Unsupported) fault).field()).isEqualTo(RequestField.JSON_OBJECT);
  }

  @ParameterizedTest
  @CsvSource({
    "field-temperature-value.json",
    "field-maximum-parameter.json",
    "schema-not-taken.json",
    "field-extra-fastapi.json"
  })
  void a_field_that_was_not_sent_is_no_capability(String file) {
    ProviderFault fault = sending(EnumSet.noneOf(RequestField.class), 400, file);

    assertThat(fault.kind()).isIn(Kind.REFUSED, Kind.TOO_LARGE);
    assertThat(fault.accountAtFault()).isFalse();
  }

  @Test
  void a_complaint_about_the_name_that_was_not_sent_is_about_the_other_one() {
    ProviderFault fault =
        sending(
            EnumSet.of(RequestField.MAX_COMPLETION_TOKENS), 400, "field-max-tokens-openai.json");

    assertThat(((Unsupported) fault).field()).isEqualTo(RequestField.MAX_COMPLETION_TOKENS);
  }

  @Test
  void a_text_that_speaks_of_the_temperature_is_no_refusal_of_the_field() {
    String body =
        "{\"error\":{\"message\":\"Your text '20% off temperature sensors' is not allowed.\"}}";

    assertThat(FaultMapping.of(MODEL, 400, name -> null, body, NOW).kind()).isEqualTo(Kind.REFUSED);
  }

  private static ProviderFault sending(Set<RequestField> fields, int status, String file) {
    return FaultMapping.of(
        new FaultMapping.Sent(MODEL, fields),
        ErrorResponse.read(status, Recording.body(file)),
        name -> null,
        NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 429, 503})
  void the_limit_of_the_edge_is_a_rate_limit_under_any_status(int status) {
    assertThat(fault(status, "edge-limit.txt").kind()).isEqualTo(Kind.THROTTLED);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 402, 403, 429})
  void a_credit_limit_is_a_rate_limit_without_a_wait(int status) {
    ProviderFault fault = fault(status, "credit-limit.json");

    assertThat(fault.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(fault.waitTime()).isEmpty();
  }

  @Test
  void a_wait_in_seconds_is_read_too() {
    String body = "{\"error\":{\"message\":\"Rate limited. Please retry after 20 seconds.\"}}";

    assertThat(FaultMapping.of(MODEL, 429, name -> null, body, NOW).waitTime())
        .contains(Duration.ofSeconds(20));
  }

  @Test
  void of_a_redirect_it_is_told_where_it_leads_and_nothing_secret() {
    ProviderFault fault =
        fault(302, "login.html", Map.of("location", "https://login.example.com/in?token=secret"));

    assertThat(fault)
        .hasMessageContaining("login.example.com/in")
        .hasMessageContaining("Please sign in")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_we_say_of_a_fault_holds_no_word_of_the_provider(Kind kind) {
    ProviderFault fault =
        switch (kind) {
          case THROTTLED -> fault(429, "throttled-tpm.json");
          case OVERLOADED -> fault(503, "over-capacity.json");
          case REFUSED -> fault(400, "malformed.json");
          case UNSUPPORTED -> fault(400, "field-temperature-value.json");
          case GONE -> fault(404, "model-not-found.json");
          case TOO_LARGE -> fault(413, "too-large.json");
          case TRUNCATED -> fault(400, "ran-out-of-tokens.json");
          case UNUSABLE -> fault(400, "json-validate-failed.json");
          case TIMED_OUT ->
              new TimedOut(MODEL, TimeLimit.begin(Duration.ofSeconds(60), "s"), new Exception());
          case UNREACHABLE -> fault(204, "login.html");
        };

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.summary()).isNotBlank().doesNotContain(String.valueOf(fault.getMessage()));
  }

  @Test
  void an_empty_generation_is_none() {
    ProviderFault fault = fault(400, "json-validate-failed-empty.json");

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration()).isEmpty();
  }

  @Test
  void running_out_of_tokens_is_truncated_and_its_reason_is_no_text_of_the_model() {
    ProviderFault fault = fault(400, "ran-out-of-tokens.json");

    assertThat(fault.kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(fault.failedGeneration()).isEmpty();
    assertThat(fault.billedAnswer()).isEmpty();
    assertThat(fault).hasMessageContaining("max completion tokens reached");
  }

  @ParameterizedTest
  @CsvSource({
    "400, malformed.json",
    "400, content-filter-azure.json",
    "403, flagged-router.json",
    "403, edge-block.html",
    "422, unprocessable.json",
    "424, failed-dependency.json"
  })
  void what_is_wrong_with_the_request_is_refused_and_says_nothing_of_the_account(
      int status, String file) {
    ProviderFault fault = fault(status, file);

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "400, spend-limit.json",
    "400, spend-limit-2026.json",
    "400, organization-restricted.json",
    "401, invalid-api-key.json",
    "401, error-as-text.json",
    "402, no-permission.json",
    "403, no-permission.json",
    "403, network-denied.json",
    "403, edge-ban.txt",
    "404, unknown-url.json",
    "404, bad-gateway.html",
    "429, insufficient-quota.json"
  })
  void what_every_other_call_will_meet_too_is_the_accounts_fault(int status, String file) {
    ProviderFault fault = fault(status, file);

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault.accountAtFault()).isTrue();
    assertThat(fault.anotherModelMayAnswer()).isFalse();
  }

  @Test
  void a_redirect_is_not_followed_and_not_held_against_the_records() {
    ProviderFault fault = fault(302, "bad-gateway.html");

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault.accountAtFault()).isTrue();
  }

  @Test
  void a_model_that_is_decommissioned_is_gone_for_good() {
    ModelUnavailable fault = (ModelUnavailable) fault(400, "model-decommissioned.json");

    assertThat(fault.isDecommissioned()).isTrue();
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  /** A wrong key or address says the same, and both can be put right. */
  @ParameterizedTest
  @CsvSource({
    "400, no-chat-completions.json",
    "400, model-invalid-mistral.json",
    "404, model-not-found.json",
    "404, model-not-found-elsewhere.json"
  })
  void a_model_that_is_unknown_here_may_come_back(int status, String file) {
    ModelUnavailable fault = (ModelUnavailable) fault(status, file);

    assertThat(fault.isDecommissioned()).isFalse();
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "400, model-terms-required.json, accept the terms",
    "403, model-blocked.json, enable this model"
  })
  void a_model_that_a_person_can_open_is_gone_until_then_and_says_what_to_do(
      int status, String file, String what) {
    ModelUnavailable fault = (ModelUnavailable) fault(status, file);

    assertThat(fault.isDecommissioned()).isFalse();
    assertThat(fault).hasMessageContaining(what);
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.anotherModelMayAnswer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "error-with-200.json, OVERLOADED",
    "error-with-200-and-its-status.json, THROTTLED",
    "error-with-200-of-a-limit.json, THROTTLED",
    "error-with-200-unknown.json, OVERLOADED",
    "error-as-text.json, REFUSED",
    "credit-limit.json, THROTTLED",
    "output-parse-failed.json, UNUSABLE",
    "json-validate-failed.json, UNUSABLE",
    "model-decommissioned.json, GONE"
  })
  void an_error_with_a_good_status_is_what_it_says(String file, Kind kind) {
    ProviderFault fault = fault(200, file);

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault).hasMessageContaining("status 200 with an error: ");
  }

  @Test
  void a_message_is_cut_at_500_characters() {
    String body = "{\"error\":{\"message\":\"%s\"}}".formatted("x".repeat(10_000));

    assertThat(FaultMapping.of(MODEL, 400, name -> null, body, NOW).getMessage()).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{\"error\":null}",
        "{\"error\":[]}",
        "{\"error\":{}}",
        "{\"error\":{\"message\":null,\"type\":[],\"code\":{},\"failed_generation\":{\"a\":1}}}",
        "{\"error\":{\"message\":{\"nested\":\"Limit 1, Used\"}}}",
        "{\"error\":",
        "<html"
      })
  void a_body_of_any_form_is_some_fault(String body) {
    assertThat(FaultMapping.of(MODEL, 429, name -> null, body, NOW).kind())
        .isEqualTo(Kind.THROTTLED);
    assertThat(FaultMapping.of(MODEL, 500, name -> null, body, NOW).kind())
        .isEqualTo(Kind.OVERLOADED);
    assertThat(FaultMapping.of(MODEL, 400, name -> null, body, NOW).getMessage()).isNotBlank();
  }

  @Test
  void endless_durations_and_tags_are_read_without_harm() {
    String endless = "Please try again in " + "1s".repeat(500_000);

    Throttled fault =
        (Throttled)
            FaultMapping.of(
                MODEL, 429, name -> null, "{\"error\":{\"message\":\"" + endless + "\"}}", NOW);
    ProviderFault page = FaultMapping.of(MODEL, 502, name -> null, "<".repeat(1_000_000), NOW);

    assertThat(fault.waitTime()).isPresent();
    assertThat(page.kind()).isEqualTo(Kind.OVERLOADED);
  }
}
