package io.burnish.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a chat completion. Unknown fields are formally invalid there, so nothing is sent that
 * is not needed.
 *
 * <p>Source: Groq API reference, structured-outputs and reasoning pages, read 2026-11.
 *
 * @param model who is asked
 * @param messages one system, one user
 * @param temperature 0 to 2; low, for reading is no creative work
 * @param maxCompletionTokens most tokens of the answer, reasoning included; also charged against
 *     the limits at admission
 * @param responseFormat strict schema where the model can hold it, else any JSON object
 * @param reasoningEffort low for gpt-oss, which always reasons; none for Qwen 3, which can be told
 *     not to; else null, for it is invalid on models that do not reason
 * @param includeReasoning gpt-oss only; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatRequest(
    String model,
    List<Message> messages,
    double temperature,
    @JsonProperty("max_completion_tokens") int maxCompletionTokens,
    @JsonProperty("response_format") ResponseFormat responseFormat,
    @JsonProperty("reasoning_effort") @Nullable String reasoningEffort,
    @JsonProperty("include_reasoning") @Nullable Boolean includeReasoning) {

  private static final double TEMPERATURE = 0.2;

  /** One message of the conversation. */
  public record Message(String role, String content) {}

  /** The form that the answer must have; {@code jsonSchema} only with type {@code json_schema}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ResponseFormat(
      String type, @JsonProperty("json_schema") @Nullable JsonSchema jsonSchema) {}

  /** A named schema; {@code strict}: the answer is decoded under its constraint. */
  public record JsonSchema(String name, boolean strict, JsonNode schema) {}

  /** The request that puts a prompt to a model, in the way that this model understands. */
  public static ChatRequest of(String model, ChatPrompt prompt) {
    return new ChatRequest(
        model,
        List.of(new Message("system", prompt.system()), new Message("user", prompt.user())),
        TEMPERATURE,
        prompt.maxCompletionTokens(),
        format(model, prompt.answerSchema()),
        effort(model),
        isGptOss(model) ? Boolean.FALSE : null);
  }

  private static boolean isGptOss(String model) {
    return model.contains("gpt-oss");
  }

  /** The safeguard model of the family takes a schema, but not a strict one. */
  private static ResponseFormat format(String model, JsonNode schema) {
    return isGptOss(model) && !model.contains("safeguard")
        ? new ResponseFormat("json_schema", new JsonSchema("records", true, schema))
        : new ResponseFormat("json_object", null);
  }

  private static @Nullable String effort(String model) {
    if (isGptOss(model)) {
      return "low";
    }
    return model.contains("qwen3") ? "none" : null;
  }
}
