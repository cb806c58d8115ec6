package io.burnish.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire contract to the letter. */
class ChatRequestTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode sent(String model) {
    ChatPrompt prompt =
        new ChatPrompt(
            "Answer in JSON.",
            "{\"records\":[{\"ref\":1,\"title\":\"20% חינם\"}]}",
            "{\"type\":\"object\"}",
            1_234);
    return sent(ChatRequest.of(model, prompt));
  }

  private static JsonNode sent(ChatRequest request) {
    try {
      return json(JSON.writeValueAsString(request));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode expected(String model, String rest) {
    return json(
        """
        {"model": "%s",
         "messages": [
           {"role": "system", "content": "Answer in JSON."},
           {"role": "user", "content": "{\\"records\\":[{\\"ref\\":1,\\"title\\":\\"20%% חינם\\"}]}"}],
         "temperature": 0.2,
         "max_completion_tokens": 1234,
         %s}
        """
            .formatted(model, rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"openai/gpt-oss-120b", "openai/gpt-oss-20b", "simulated/openai/gpt-oss-20b"})
  void gpt_oss_is_held_to_the_schema_and_reasons_little_and_silently(String model) {
    assertThat(sent(model))
        .isEqualTo(
            expected(
                model,
                """
                "response_format": {
                  "type": "json_schema",
                  "json_schema": {"name": "records", "strict": true, "schema": {"type": "object"}}},
                "reasoning_effort": "low",
                "include_reasoning": false
                """));
  }

  @Test
  void the_safeguard_model_reasons_the_same_but_takes_no_strict_schema() {
    assertThat(sent("openai/gpt-oss-safeguard-20b"))
        .isEqualTo(
            expected(
                "openai/gpt-oss-safeguard-20b",
                """
                "response_format": {"type": "json_object"},
                "reasoning_effort": "low",
                "include_reasoning": false
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen/qwen3.8-27b", "qwen/qwen3-32b", "simulated/qwen/qwen3.8-27b"})
  void qwen_3_is_told_not_to_reason(String model) {
    assertThat(sent(model))
        .isEqualTo(
            expected(
                model,
                """
                "response_format": {"type": "json_object"},
                "reasoning_effort": "none"
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-3.3-70b-versatile", "qwen-2.5-32b", "allam-2-7b", "one"})
  void other_models_are_sent_nothing_about_reasoning(String model) {
    assertThat(sent(model))
        .isEqualTo(expected(model, "\"response_format\": {\"type\": \"json_object\"}"));
  }

  @Test
  void what_a_model_refuses_is_left_out_step_by_step() {
    assertThat(sent("openai/gpt-oss-20b", RequestField.TEMPERATURE).has("temperature")).isFalse();
    assertThat(sent("openai/gpt-oss-20b", RequestField.REASONING_EFFORT).has("reasoning_effort"))
        .isFalse();
    assertThat(sent("openai/gpt-oss-20b", RequestField.INCLUDE_REASONING).has("include_reasoning"))
        .isFalse();

    JsonNode older = sent("one", RequestField.MAX_COMPLETION_TOKENS);
    assertThat(older.has("max_completion_tokens")).isFalse();
    assertThat(older.path("max_tokens").asInt()).isEqualTo(1_234);
    JsonNode endless = sent("one", RequestField.MAX_COMPLETION_TOKENS, RequestField.MAX_TOKENS);
    assertThat(endless.has("max_completion_tokens") || endless.has("max_tokens")).isFalse();

    assertThat(
            sent("openai/gpt-oss-20b", RequestField.JSON_SCHEMA)
                .at("/response_format/type")
                .asText())
        .isEqualTo("json_object");
    assertThat(
            sent("openai/gpt-oss-20b", RequestField.JSON_SCHEMA, RequestField.JSON_OBJECT)
                .has("response_format"))
        .isFalse();
  }

  @Test
  void a_request_knows_what_it_could_do_without() {
    ChatPrompt prompt = new ChatPrompt("JSON", "{}", "{}", 1);

    assertThat(ChatRequest.of("openai/gpt-oss-20b", prompt).optionalFields())
        .containsExactlyInAnyOrder(
            RequestField.TEMPERATURE,
            RequestField.REASONING_EFFORT,
            RequestField.INCLUDE_REASONING,
            RequestField.MAX_COMPLETION_TOKENS,
            RequestField.JSON_SCHEMA);
    assertThat(ChatRequest.of("one", prompt, EnumSet.allOf(RequestField.class)).optionalFields())
        .isEmpty();
  }

  private static JsonNode sent(String model, RequestField... leftOut) {
    ChatPrompt prompt = new ChatPrompt("JSON", "{}", "{\"type\":\"object\"}", 1_234);
    return sent(ChatRequest.of(model, prompt, Set.of(leftOut)));
  }
}
