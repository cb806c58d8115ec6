package io.burnish.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.simulator.http.Reply;
import io.burnish.simulator.limits.AdmissionDecision.NeverFits;
import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.limits.Organization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as callers of Groq published them; only the organization is ours. */
class ErrorBodiesTest {

  private static final String MODEL = "openai/gpt-oss-120b";
  private static final String TAIL =
      " Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TPM | 8000   | 6644   | 2931  | tokens per minute (TPM)   | 11.8125s      | tokens   | 12",
        "TPD | 100000 | 96604  | 9985  | tokens per day (TPD)      | 1h34m52.896s  | tokens   | 5693",
        "RPM | 30     | 30     | 1     | requests per minute (RPM) | 2s            | requests | 2",
        "RPD | 1000   | 1000   | 1     | requests per day (RPD)    | 1m26.4s       | requests | 87"
      })
  void a_429_names_the_limit_its_use_and_the_wait(
      LimitDimension dimension,
      long limit,
      long used,
      long requested,
      String phrase,
      String wait,
      String type,
      String retryAfter) {
    Reply reply = ErrorBodies.throttled(MODEL, OverLimit.of(dimension, limit, used, requested));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("retry-after", retryAfter);
    assertThat(reply.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Rate limit reached for model `%s` in organization `%s` service tier `on_demand` on %s: Limit %d, Used %d, Requested %d. Please try again in %s.%s\",\"type\":\"%s\",\"code\":\"rate_limit_exceeded\"}}\n"
                .formatted(
                    MODEL, Organization.ID, phrase, limit, used, requested, wait, TAIL, type));
  }

  @Test
  void a_413_names_the_limit_and_no_wait() {
    Reply reply = ErrorBodies.tooLarge(MODEL, new NeverFits(LimitDimension.TPM, 8_000, 11_285));

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.headers()).doesNotContainKey("retry-after");
    assertThat(reply.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Request too large for model `%s` in organization `%s` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 11285, please reduce your message size and try again.%s\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}\n"
                .formatted(MODEL, Organization.ID, TAIL));
  }

  @Test
  void a_429_can_name_no_reason() {
    Reply reply = ErrorBodies.throttledWithoutReason();

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).isEmpty();
    assertThat(reply.body()).doesNotContain("TPM").doesNotContain("try again");
  }

  @Test
  void a_503_names_the_model_and_has_no_code() {
    assertThat(ErrorBodies.overloaded("llama-3.3-70b-versatile").body())
        .isEqualTo(
            "{\"error\":{\"message\":\"llama-3.3-70b-versatile is currently over capacity. Please try again and back off exponentially. Visit https://groqstatus.com to see if there is an active incident.\",\"type\":\"internal_server_error\"}}\n");
  }

  @Test
  void a_498_says_that_the_capacity_is_used_up() {
    assertThat(ErrorBodies.noCapacity().status()).isEqualTo(498);
    assertThat(ErrorBodies.noCapacity().body())
        .contains("`flex` tier capacity exceeded")
        .contains("\"code\":\"capacity_exceeded\"");
  }

  @Test
  void decommissioned_models_and_unknown_models_have_different_errors() {
    assertThat(ErrorBodies.decommissioned("X").status()).isEqualTo(400);
    assertThat(ErrorBodies.decommissioned("X").body())
        .isEqualTo(
            "{\"error\":{\"message\":\"The model `X` has been decommissioned and is no longer supported. Please refer to https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.\",\"type\":\"invalid_request_error\",\"code\":\"model_decommissioned\"}}\n");
    assertThat(ErrorBodies.notFound("X").status()).isEqualTo(404);
    assertThat(ErrorBodies.notFound("X").body())
        .isEqualTo(
            "{\"error\":{\"message\":\"The model `X` does not exist or you do not have access to it.\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}\n");
  }

  @Test
  void a_key_that_is_not_known_is_refused_in_these_words() {
    assertThat(ErrorBodies.keyRefused().body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}\n");
  }

  @Test
  void running_out_of_tokens_is_a_failed_generation() {
    assertThat(ErrorBodies.ranOutOfTokens().body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.\",\"type\":\"invalid_request_error\",\"code\":\"json_validate_failed\",\"failed_generation\":\"max completion tokens reached before generating a valid document\"}}\n");
  }

  @Test
  void a_maximum_above_the_models_is_refused_by_its_name() {
    assertThat(ErrorBodies.aboveMaximum("max_completion_tokens", 16_384).body())
        .isEqualTo(
            "{\"error\":{\"message\":\"`max_completion_tokens` must be less than or equal to `16384`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model\",\"type\":\"invalid_request_error\",\"param\":\"max_completion_tokens\"}}\n");
  }
}
