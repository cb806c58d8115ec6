package io.burnish.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.model.KnownModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestValidationTest {

  private static final String GPT_OSS = "openai/gpt-oss-120b";
  private static final String QWEN = "qwen/qwen3.8-27b";
  private static final String LLAMA = "llama-3.3-70b-versatile";

  private static final String CLOSED =
      "{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\"}},\"required\":[\"price\"],\"additionalProperties\":false}";

  private static Optional<String> problem(String model, String fields) {
    String body =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"system\",\"content\":\"Answer in JSON.\"}]%s}"
            .formatted(model, fields.isEmpty() ? "" : "," + fields);
    return RequestValidation.problem(
            ChatBody.read(body), KnownModel.orUsual(model), KnownModel.orUsual(model).maxOutput())
        .map(RequestValidationTest::message);
  }

  private static String message(Reply reply) {
    try {
      assertThat(reply.status()).isEqualTo(400);
      return CompletionBody.JSON.readTree(reply.body()).path("error").path("message").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String schema(String schema) {
    return "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"records\",\"strict\":true,\"schema\":%s}}"
        .formatted(schema);
  }

  @Test
  void a_request_as_burnish_sends_it_passes() {
    assertThat(
            problem(
                GPT_OSS,
                "\"temperature\":0.2,\"max_completion_tokens\":400,\"reasoning_effort\":\"low\",\"include_reasoning\":false,"
                    + schema(CLOSED)))
        .isEmpty();
    assertThat(
            problem(
                QWEN,
                "\"temperature\":0.2,\"max_completion_tokens\":400,\"response_format\":{\"type\":\"json_object\"}"))
        .isEmpty();
  }

  @Test
  void a_body_that_is_no_json_has_no_messages() {
    assertThat(RequestValidation.problem(ChatBody.read("{oops"), KnownModel.orUsual(""), 100))
        .map(RequestValidationTest::message)
        .contains("'messages' : minimum number of items is 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"answer_length\":3 | property 'answer_length' is unsupported",
        "\"n\":2 | 'n' : value must be at most 1",
        "\"temperature\":3 | 'temperature' : value must be at most 2",
        "\"stream\":true | 'stream' : the simulator does not stream",
        "\"max_completion_tokens\":65537 | `max_completion_tokens` must be less than or equal to `65536`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model",
        "\"max_tokens\":65537 | `max_tokens` must be less than or equal to `65536`, the maximum value for `max_tokens` is less than the `context_window` for this model",
        "\"reasoning_effort\":\"none\" | `reasoning_effort` must be one of `low`, `medium`, `high`",
        "\"reasoning_format\":\"hidden\",\"include_reasoning\":false | `include_reasoning` cannot be used together with `reasoning_format`",
        "\"reasoning_format\":\"raw\",\"response_format\":{\"type\":\"json_object\"} | `reasoning_format` must be `parsed` or `hidden` when using JSON mode or tools"
      })
  void what_is_not_allowed_is_refused(String fields, String message) {
    assertThat(problem(GPT_OSS, fields)).contains(message);
  }

  @Test
  void json_mode_needs_the_word() {
    ObjectNode body = CompletionBody.JSON.createObjectNode().put("model", QWEN);
    body.putArray("messages").addObject().put("role", "user").put("content", "Answer.");
    body.putObject("response_format").put("type", "json_object");

    assertThat(
            RequestValidation.problem(
                ChatBody.read(body.toString()), KnownModel.orUsual(QWEN), 100))
        .map(RequestValidationTest::message)
        .contains(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.");
  }

  @Test
  void reasoning_effort_is_for_models_that_reason() {
    assertThat(problem(LLAMA, "\"reasoning_effort\":\"low\""))
        .contains("`reasoning_effort` is not supported with this model");
    assertThat(problem(QWEN, "\"reasoning_effort\":\"none\"")).isEmpty();
  }

  @Test
  void a_strict_schema_is_for_models_that_can_hold_it() {
    String loose = schema(CLOSED).replace("true", "false");

    assertThat(problem(QWEN, schema(CLOSED)))
        .contains("This model does not support response format `json_schema`.");
    assertThat(problem(QWEN, loose)).isEmpty();
    assertThat(problem(LLAMA, loose))
        .contains("This model does not support response format `json_schema`.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"object\",\"properties\":{}}},\"required\":[\"x\"],\"additionalProperties\":false} | invalid JSON schema for response_format: 'records': /properties/x: `additionalProperties:false` must be set on every object",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false} | invalid JSON schema for response_format: 'records': /required: The following properties must be listed in `required`: b",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":false} | invalid JSON schema for response_format: 'records': /required: `required` is required to be supplied and to be an array including every key in properties",
        "{\"type\":\"object\",\"required\":[\"a\"],\"additionalProperties\":false} | invalid JSON schema for response_format: 'records': 'required' present but 'properties' is missing",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1}},\"required\":[\"a\"],\"additionalProperties\":false} | invalid schema for response format: response_format/json_schema/records: minItems is not supported",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"properties\":{}}]}},\"required\":[\"a\"],\"additionalProperties\":false} | invalid JSON schema for response_format: 'records': /properties/a/anyOf/1: `additionalProperties:false` must be set on every object"
      })
  void a_strict_schema_that_is_not_strict_is_refused(String schema, String message) {
    assertThat(problem(GPT_OSS, schema(schema))).contains(message);
  }

  @Test
  void a_schema_that_is_not_strict_is_not_validated() {
    assertThat(problem(GPT_OSS, schema("{\"type\":\"object\"}").replace("true", "false")))
        .isEmpty();
  }
}
