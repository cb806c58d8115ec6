package io.burnish.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
            json("{\"type\":\"object\"}"),
            1_234);
    return JSON.valueToTree(ChatRequest.of(model, prompt));
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
}
