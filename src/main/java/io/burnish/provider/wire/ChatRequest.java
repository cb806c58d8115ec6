package io.burnish.provider.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a chat completion. Providers may refuse unknown fields, so only necessary ones are
 * sent.
 *
 * <p>Fields that the model refused before are null, and not sent.
 *
 * <p>Source: Groq API reference, structured-outputs and reasoning pages, read 2026-11.
 *
 * @param model the model
 * @param messages one system, one user
 * @param temperature 0 to 2; low, because extraction is not creative
 * @param maxCompletionTokens most tokens of the answer, reasoning included; also charged against
 *     the limits at admission
 * @param maxTokens the older name of the same limit, for endpoints that know only this
 * @param responseFormat strict schema where the model supports it, else any JSON object
 * @param reasoningEffort low for gpt-oss, which always reasons; none for Qwen 3, which need not;
 *     else null, because other models refuse it
 * @param includeReasoning gpt-oss only; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatRequest(
    String model,
    List<Message> messages,
    @Nullable Double temperature,
    @JsonProperty("max_completion_tokens") @Nullable Integer maxCompletionTokens,
    @JsonProperty("max_tokens") @Nullable Integer maxTokens,
    @JsonProperty("response_format") @Nullable ResponseFormat responseFormat,
    @JsonProperty("reasoning_effort") @Nullable String reasoningEffort,
    @JsonProperty("include_reasoning") @Nullable Boolean includeReasoning) {

  private static final double TEMPERATURE = 0.2;

  /** One message of the conversation. */
  public record Message(String role, String content) {}

  /** The format of the answer; {@code jsonSchema} only with type {@code json_schema}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ResponseFormat(
      String type, @JsonProperty("json_schema") @Nullable JsonSchema jsonSchema) {}

  /**
   * A named schema.
   *
   * @param strict decoding is constrained by it
   * @param schema as JSON; it is the same for each call, and sent as it is
   */
  public record JsonSchema(String name, boolean strict, @JsonRawValue String schema) {}

  /**
   * The request with a prompt for a model.
   *
   * @param leftOut fields that the model refused before
   */
  public static ChatRequest of(String model, ChatPrompt prompt, Set<RequestField> leftOut) {
    int most = prompt.maxCompletionTokens();
    boolean older = leftOut.contains(RequestField.MAX_COMPLETION_TOKENS);
    return new ChatRequest(
        model,
        List.of(new Message("system", prompt.system()), new Message("user", prompt.user())),
        leftOut.contains(RequestField.TEMPERATURE) ? null : TEMPERATURE,
        older ? null : most,
        older && !leftOut.contains(RequestField.MAX_TOKENS) ? most : null,
        format(model, prompt.answerSchema(), leftOut),
        leftOut.contains(RequestField.REASONING_EFFORT) ? null : effort(model),
        isGptOss(model) && !leftOut.contains(RequestField.INCLUDE_REASONING)
            ? Boolean.FALSE
            : null);
  }

  /** The request with all fields. */
  public static ChatRequest of(String model, ChatPrompt prompt) {
    return of(model, prompt, Set.of());
  }

  /** The fields in it that can be left out. */
  public Set<RequestField> optionalFields() {
    Set<RequestField> sent = EnumSet.noneOf(RequestField.class);
    add(sent, RequestField.TEMPERATURE, temperature);
    add(sent, RequestField.REASONING_EFFORT, reasoningEffort);
    add(sent, RequestField.INCLUDE_REASONING, includeReasoning);
    add(sent, RequestField.MAX_COMPLETION_TOKENS, maxCompletionTokens);
    add(sent, RequestField.MAX_TOKENS, maxTokens);
    if (responseFormat != null) {
      boolean schema = responseFormat.jsonSchema() != null;
      sent.add(schema ? RequestField.JSON_SCHEMA : RequestField.JSON_OBJECT);
    }
    return sent;
  }

  private static void add(Set<RequestField> sent, RequestField field, @Nullable Object value) {
    if (value != null) {
      sent.add(field);
    }
  }

  private static boolean isGptOss(String model) {
    return model.contains("gpt-oss");
  }

  /** The safeguard model of gpt-oss supports schemas, but no strict ones. */
  private static @Nullable ResponseFormat format(
      String model, String schema, Set<RequestField> leftOut) {
    if (isGptOss(model)
        && !model.contains("safeguard")
        && !leftOut.contains(RequestField.JSON_SCHEMA)) {
      return new ResponseFormat("json_schema", new JsonSchema("records", true, schema));
    }
    return leftOut.contains(RequestField.JSON_OBJECT)
        ? null
        : new ResponseFormat("json_object", null);
  }

  private static @Nullable String effort(String model) {
    if (isGptOss(model)) {
      return "low";
    }
    return model.contains("qwen3") ? "none" : null;
  }
}
