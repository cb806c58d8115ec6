package io.burnish.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The body of a call for a completion, as far as it can be read.
 *
 * @param json the whole; an empty object when the body was no JSON object
 * @param model who is called; empty when nobody is
 * @param prefix texts that the provider puts first and that repeat from call to call: the leading
 *     system messages, and the schema
 * @param rest texts of the other messages
 * @param records the records that the last message asks about; none when it is no such document
 */
public record ChatBody(
    JsonNode json, String model, List<String> prefix, List<String> rest, List<JsonNode> records) {

  private static final String SYSTEM = "system";

  public static ChatBody read(String body) {
    JsonNode json = tree(body);
    List<String> prefix = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (JsonNode message : json.path("messages")) {
      boolean leads = rest.isEmpty() && message.path("role").asText().equals(SYSTEM);
      (leads ? prefix : rest).add(text(message.path("content")));
    }
    JsonNode schema = json.path("response_format").path("json_schema").path("schema");
    if (!schema.isMissingNode()) {
      prefix.add(schema.toString());
    }
    return new ChatBody(
        json, json.path("model").asText(), List.copyOf(prefix), List.copyOf(rest), asked(rest));
  }

  private static List<JsonNode> asked(List<String> texts) {
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
      // For a body: answered with 400, because it has no messages. For a message: asks of nothing.
    }
    return CompletionBody.JSON.createObjectNode();
  }

  /** Tokens of the answer at most, reasoning included; empty when the call names none. */
  public Optional<Integer> maxTokens() {
    return Optional.of(json.path("max_completion_tokens"))
        .filter(JsonNode::isInt)
        .or(() -> Optional.of(json.path("max_tokens")).filter(JsonNode::isInt))
        .map(JsonNode::asInt);
  }

  /** The form that the answer must have: {@code text}, {@code json_object}, {@code json_schema}. */
  String format() {
    return json.path("response_format").path("type").asText("text");
  }

  /** Whether an answer that is not whole is refused, not cut. */
  public boolean wantsJson() {
    return !format().equals("text");
  }

  /** How much the model is to think. */
  public String effort() {
    return json.path("reasoning_effort").asText("medium");
  }
}
