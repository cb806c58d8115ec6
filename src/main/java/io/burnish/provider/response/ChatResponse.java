package io.burnish.provider.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.burnish.provider.wire.ErrorEnvelope;
import io.burnish.provider.wire.LenientJson;
import io.burnish.provider.wire.Usage;
import java.util.Locale;
import java.util.Set;

/**
 * The body of a response with a success status. Any part can be missing or of another type than
 * documented; the text is taken from any known place.
 *
 * <p>Source: chat completions of OpenAI, Groq and Mistral (content as a list of parts), Ollama (a
 * message without choices) and published traffic of gateways, read 2026-11.
 */
final class ChatResponse {

  /** Types of content parts that are no answer. */
  private static final Set<String> NO_ANSWER =
      Set.of(
          "thinking",
          "reasoning",
          "reasoning_content",
          "redacted_thinking",
          "refusal",
          "tool_use",
          "image_url",
          "reference");

  private static final Set<String> CUT_OFF = Set.of("length", "max_tokens", "model_length");

  private static final Set<String> FILTERED =
      Set.of(
          "content_filter",
          "refusal",
          "safety",
          "recitation",
          "blocklist",
          "prohibited_content",
          "sensitive");

  private final JsonNode root;
  private final JsonNode choice;

  private ChatResponse(JsonNode root) {
    this.root = root;
    this.choice = choice(root);
  }

  /** Reads an object of any form. */
  static ChatResponse of(JsonNode root) {
    return new ChatResponse(root);
  }

  /** The first choice with a text, else the first; missing when there is none. */
  private static JsonNode choice(JsonNode root) {
    JsonNode choices = root.path("choices");
    if (choices.isObject()) {
      return choices;
    }
    JsonNode first = MissingNode.getInstance();
    for (JsonNode each : choices) {
      if (each.isObject()) {
        if (!text(each).isBlank()) {
          return each;
        }
        first = first.isMissingNode() ? each : first;
      }
    }
    return first.isMissingNode() && root.path("message").isObject() ? root : first;
  }

  /** The error in it, which gateways send with a success status; missing when there is none. */
  JsonNode error() {
    JsonNode ofChoice = choice.path("error");
    return ErrorEnvelope.isError(ofChoice) ? ofChoice : ErrorEnvelope.find(root);
  }

  /** Whether there is any choice. */
  boolean hasChoice() {
    return choice.isObject();
  }

  /** The model's text without its reasoning; empty when there is none. */
  String text() {
    return text(choice);
  }

  /** Whether the model wrote reasoning. */
  boolean hasReasoning() {
    JsonNode message = choice.path("message");
    return !LenientJson.text(message, "reasoning").isBlank()
        || !LenientJson.text(message, "reasoning_content").isBlank()
        || message.path("content").toString().contains("\"thinking\"");
  }

  /** Why the model refuses to answer, in its words; empty when it does not refuse. */
  String refusal() {
    return LenientJson.text(choice.path("message"), "refusal");
  }

  boolean isCutOff() {
    return CUT_OFF.contains(finishReason());
  }

  boolean isFiltered() {
    return FILTERED.contains(finishReason());
  }

  boolean isBrokenOff() {
    return finishReason().equals("error");
  }

  String finishReason() {
    return LenientJson.text(choice, "finish_reason").toLowerCase(Locale.ROOT);
  }

  String id() {
    return LenientJson.text(root, "id");
  }

  Usage usage() {
    JsonNode usage = root.path("usage");
    return Usage.of(usage.isObject() ? usage : root.path("x_groq").path("usage"));
  }

  private static String text(JsonNode choice) {
    JsonNode message = choice.path("message");
    String content = message.isTextual() ? message.textValue() : content(message.path("content"));
    if (content.isBlank() && message.path("parsed").isContainerNode()) {
      content = message.path("parsed").toString();
    }
    if (content.isBlank()) {
      content = toolCall(message);
    }
    return content.isBlank() ? content(choice.path("text")) : content;
  }

  private static String content(JsonNode content) {
    if (content.isMissingNode() || content.isNull()) {
      return "";
    }
    if (content.isValueNode()) {
      return content.asText();
    }
    if (content.isObject()) {
      return part(content);
    }
    boolean parts = false;
    StringBuilder joined = new StringBuilder();
    for (JsonNode each : content) {
      parts |= each.isTextual() || each.has("type") || each.has("text");
      joined.append(each.isObject() ? part(each) : each.isNull() ? "" : each.asText());
    }
    // A list without parts is the answer itself, as JSON.
    return parts || content.isEmpty() ? joined.toString() : content.toString();
  }

  private static String part(JsonNode part) {
    String type = LenientJson.text(part, "type").toLowerCase(Locale.ROOT);
    if (NO_ANSWER.contains(type)) {
      return "";
    }
    for (String name : new String[] {"text", "output_text", "content", "value"}) {
      JsonNode value = part.path(name);
      if (value.isObject() || value.isArray()) {
        return content(value);
      }
      if (value.isValueNode() && !value.isNull()) {
        return value.asText();
      }
    }
    return type.isEmpty() ? part.toString() : "";
  }

  /** Some models put the answer into a tool call although no tool is offered. */
  private static String toolCall(JsonNode message) {
    String answer = LenientJson.text(message.path("function_call"), "arguments");
    for (JsonNode call : message.path("tool_calls")) {
      answer = LenientJson.text(call.path("function"), "arguments");
    }
    return answer;
  }
}
