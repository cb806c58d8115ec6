package io.burnish.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.http.Reply;
import java.util.Map;

/**
 * Errors of other providers, and of gateways between a client and a provider. Stateless.
 *
 * <p>Source: public reports, read 2026-11: output_parse_failed and tool_use_failed (OpenHands
 * 10187), 429s without a wait and Cloudflare's 1015 (curator 470, 205), content_filter
 * (openai-python 331), error bodies within a 200 (inspect_ai 1536). Of credit_limit only status and
 * code are known; its message and the login page are made up.
 */
public final class GatewayErrors {

  private static final String INVALID = "invalid_request_error";

  /** The path that {@link #redirect} points to. */
  public static final String LOGIN = "/login";

  private GatewayErrors() {}

  /** 400: the provider could not parse what the model wrote. */
  public static Reply outputParseFailed(String generation) {
    return failed(
        "Parsing failed. The model generated output that could not be parsed. Please adjust your prompt. See 'failed_generation' for more details.",
        "output_parse_failed",
        generation);
  }

  /** 400: the provider took what the model wrote for a tool call. */
  public static Reply toolUseFailed(String generation) {
    return failed(
        "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
        "tool_use_failed",
        generation);
  }

  private static Reply failed(String message, String code, String generation) {
    ObjectNode body = error(message, INVALID);
    ((ObjectNode) body.get("error")).put("code", code).put("failed_generation", generation);
    return Reply.json(400, body);
  }

  /** 400 with this message only. */
  public static Reply badRequest(String message) {
    return Reply.json(400, error(message, INVALID));
  }

  /** 400: a content filter refused the prompt. */
  public static Reply contentFilter() {
    ObjectNode body = CompletionBody.JSON.createObjectNode();
    body.putObject("error")
        .put(
            "message",
            "The response was filtered due to the prompt triggering the content management policy. Please modify your prompt and retry.")
        .putNull("type")
        .put("param", "prompt")
        .put("code", "content_filter")
        .put("status", 400);
    return Reply.json(400, body);
  }

  /** 429 as the body of a 200. */
  public static Reply throttledIn200() {
    ObjectNode body = CompletionBody.JSON.createObjectNode();
    body.putObject("error")
        .put("message", "Rate limit exceeded: too many requests")
        .put("code", 429);
    return Reply.json(200, body);
  }

  /** 429 without a wait; waiting does not help. */
  public static Reply creditLimit() {
    return exceeded(
        "Credit limit reached for this key", "rate_limit_error", "credit_limit_reached");
  }

  /** The same by OpenAI, as in its error-codes guide. */
  public static Reply insufficientQuota() {
    return exceeded(
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota");
  }

  private static Reply exceeded(String message, String type, String code) {
    ObjectNode body = error(message, type);
    ((ObjectNode) body.get("error")).putNull("param").put("code", code);
    return Reply.json(429, body);
  }

  /** 429 by the network in front of the provider. */
  public static Reply cloudflare1015() {
    return new Reply(429, "text/plain; charset=UTF-8", "error code: 1015", Map.of());
  }

  /** 200 with the login page of a captive portal. */
  public static Reply captivePage() {
    return new Reply(
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><html><head><title>Welcome to the guest network</title></head>"
            + "<body><form action=\"/login\"><input name=\"user\"></form></body></html>",
        Map.of());
  }

  /** 204. */
  public static Reply noContent() {
    return new Reply(204, "", "", Map.of());
  }

  /** 301 to the login page, which exists. */
  public static Reply redirect() {
    return new Reply(
        301, "text/html", "<html><body>Moved</body></html>", Map.of("Location", LOGIN));
  }

  private static ObjectNode error(String message, String type) {
    ObjectNode body = CompletionBody.JSON.createObjectNode();
    body.putObject("error").put("message", message).put("type", type);
    return body;
  }
}
