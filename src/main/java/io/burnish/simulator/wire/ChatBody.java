package io.burnish.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The body of a chat completion request, as far as it can be read.
 *
 * @param json the whole; an empty object if the body is not a JSON object
 * @param model that is called; empty if none is
 * @param prefix texts that the provider puts first and that repeat between calls: the leading
 *     system messages, and the schema
 * @param rest texts of the other messages
 * @param records the records that the last message asks about; none if it is no such document
 */
public record ChatBody(
    JsonNode json, String model, List<String> prefix, List<String> rest, List<JsonNode> records) {

  private static final String SYSTEM = "system";

  /** Reads the body of a request. */
  public static ChatBody read(String body) {
    JsonNode json = tree(body);
    List<String> prefix = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (JsonNode message : json.path("messages")) {
      boolean leading = rest.isEmpty() && message.path("role").asText().equals(SYSTEM);
      (leading ? prefix : rest).add(text(message.path("content")));
    }
    JsonNode schema = json.path("response_format").path("json_schema").path("schema");
    if (!schema.isMissingNode()) {
      prefix.add(schema.toString());
    }
    return new ChatBody(
        json, json.path("model").asText(), List.copyOf(prefix), List.copyOf(rest), records(rest));
  }

  private static List<JsonNode> records(List<String> texts) {
    List<JsonNode> records = new ArrayList<>();
    if (!texts.isEmpty()) {
      tree(texts.get(texts.size() - 1)).path("records").forEach(records::add);
    }
    return List.copyOf(records);
  }

  private static String text(JsonNode content) {
    return content.isArray()
        ? StreamSupport.stream(content.spliterator(), false)
            .map(part -> part.path("text").asText())
            .collect(Collectors.joining("\n"))
        : content.asText();
  }

  private static JsonNode tree(String body) {
    try {
      JsonNode read = CompletionBody.JSON.readTree(body);
      if (read != null && read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      // A body without messages gets a 400; a message without records asks about none.
    }
    return CompletionBody.JSON.createObjectNode();
  }

  /** Maximum tokens of the answer, reasoning included; empty if the call names none. */
  public Optional<Integer> maxTokens() {
    return Optional.of(json.path("max_completion_tokens"))
        .filter(JsonNode::isInt)
        .or(() -> Optional.of(json.path("max_tokens")).filter(JsonNode::isInt))
        .map(JsonNode::asInt);
  }

  /** The required format of the answer: {@code text}, {@code json_object}, {@code json_schema}. */
  String format() {
    return json.path("response_format").path("type").asText("text");
  }

  /** Whether a truncated answer is refused instead of sent. */
  public boolean wantsJson() {
    return !format().equals("text");
  }

  /** The reasoning effort. */
  public String effort() {
    return json.path("reasoning_effort").asText("medium");
  }
}
