package io.burnish.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * Bodies in the provider's form. Source: Groq API reference and published traffic, read 2026-11.
 */
final class Envelope {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final int CHARACTERS_A_TOKEN = 4;

  private Envelope() {}

  /** A response: status, body, headers beyond the usual. */
  record Reply(int status, String contentType, String body, Map<String, String> headers) {

    static Reply json(int status, ObjectNode body) {
      return new Reply(status, "application/json", body + "\n", Map.of());
    }
  }

  static Reply completion(String model, String content, String finishReason, String prompt) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", "chatcmpl-" + UUID.randomUUID());
    body.put("object", "chat.completion");
    body.put("created", System.currentTimeMillis() / 1000);
    body.put("model", model);
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", content);
    choice.putNull("logprobs");
    choice.put("finish_reason", finishReason);
    int read = tokens(prompt);
    int written = tokens(content);
    body.putObject("usage")
        .put("queue_time", 0.01)
        .put("prompt_tokens", read)
        .put("prompt_time", 0.01)
        .put("completion_tokens", written)
        .put("completion_time", 0.02)
        .put("total_tokens", read + written)
        .put("total_time", 0.03);
    body.putNull("usage_breakdown");
    body.put("system_fingerprint", "fp_simulated");
    body.putObject("x_groq").put("id", "req_" + UUID.randomUUID());
    body.put("service_tier", "on_demand");
    return Reply.json(200, body);
  }

  static ObjectNode error(String message, String type) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("message", message).put("type", type);
    return body;
  }

  static ObjectNode error(String message, String type, String code) {
    ObjectNode body = error(message, type);
    ((ObjectNode) body.get("error")).put("code", code);
    return body;
  }

  static int tokens(String text) {
    return Math.max(1, text.getBytes(StandardCharsets.UTF_8).length / CHARACTERS_A_TOKEN);
  }
}
