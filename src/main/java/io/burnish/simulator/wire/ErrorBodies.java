package io.burnish.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.limits.AdmissionDecision.NeverFits;
import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import io.burnish.simulator.limits.Organization;
import io.burnish.simulator.options.GoDuration;
import java.time.Duration;
import java.util.Map;

/**
 * The errors of Groq, word for word. Stateless.
 *
 * <p>Source: Groq error-codes, rate-limits and flex-processing pages, and bodies that callers
 * published, read 2026-11. Of 498 only the status, the code and a part of the message are known.
 */
public final class ErrorBodies {

  private static final String INVALID = "invalid_request_error";
  private static final String INTERNAL = "internal_server_error";
  private static final String EXCEEDED = "rate_limit_exceeded";

  private static final String WHERE =
      " for model `%s` in organization `" + Organization.ID + "` service tier `on_demand` on %s: ";

  private static final String UPGRADE =
      " Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing";

  private ErrorBodies() {}

  /** 429 with the limit, how much of it is used, and the wait. */
  public static Reply throttled(String model, OverLimit refusal) {
    String message =
        ("Rate limit reached" + WHERE + "Limit %d, Used %d, Requested %d. Please try again in %s.")
            .formatted(
                model,
                refusal.dimension().phrase(),
                refusal.limit(),
                refusal.used(),
                refusal.requested(),
                GoDuration.format(refusal.delay()));
    return Reply.json(429, error(message + UPGRADE, refusal.dimension().unit(), EXCEEDED))
        .with(retryAfter(refusal.delay()));
  }

  /** The reply with a {@code retry-after}; it is documented of 429 only. */
  public static Reply withRetryAfter(Reply reply, Duration wait) {
    return reply.with(retryAfter(wait));
  }

  private static Map<String, String> retryAfter(Duration wait) {
    return Map.of("retry-after", String.valueOf(wholeSeconds(wait)));
  }

  /** Rounded up: a caller that retries earlier is refused again. The real rounding is not known. */
  private static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }

  /** 429 without dimension and wait. */
  public static Reply throttledWithoutReason() {
    return Reply.json(429, error("Too Many Requests", "requests"));
  }

  /** 413: the call is larger than the limit. */
  public static Reply tooLarge(String model, NeverFits refusal) {
    String message =
        ("Request too large"
                + WHERE
                + "Limit %d, Requested %d, please reduce your message size and try again.")
            .formatted(model, refusal.dimension().phrase(), refusal.limit(), refusal.requested());
    return Reply.json(413, error(message + UPGRADE, refusal.dimension().unit(), EXCEEDED));
  }

  /** 498: the flex tier has no capacity. */
  public static Reply noCapacity() {
    return Reply.json(
        498,
        error(
            "`flex` tier capacity exceeded, please try again later",
            INTERNAL,
            "capacity_exceeded"));
  }

  /** 500 with a JSON body. */
  public static Reply serverError() {
    return Reply.json(500, error("Internal Server Error", INTERNAL));
  }

  /** 502 as a gateway sends it: HTML. */
  public static Reply badGateway() {
    return new Reply(
        502,
        "text/html",
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
        Map.of());
  }

  /** 503: the model is over capacity. */
  public static Reply overloaded(String model) {
    return Reply.json(
        503,
        error(
            model
                + " is currently over capacity. Please try again and back off exponentially."
                + " Visit https://groqstatus.com to see if there is an active incident.",
            INTERNAL));
  }

  /** 401: the API key is invalid. */
  public static Reply keyRefused() {
    return Reply.json(401, error("Invalid API Key", INVALID, "invalid_api_key"));
  }

  /** 403 of the edge for callers without a proper {@code User-Agent}. */
  static Reply blockedByEdge() {
    return new Reply(403, "text/plain", "error code: 1010", Map.of());
  }

  /** 404: no such address. */
  public static Reply unknownUrl(String method, String path) {
    return Reply.json(
        404,
        error(
            "Unknown request URL: %s %s. Please check the URL for typos, or see the docs at https://console.groq.com/docs/"
                .formatted(method, path),
            INVALID,
            "unknown_url"));
  }

  /** 400: the model is decommissioned. */
  public static Reply decommissioned(String model) {
    return Reply.json(
        400,
        error(
            ("The model `%s` has been decommissioned and is no longer supported. Please refer to"
                    + " https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.")
                .formatted(model),
            INVALID,
            "model_decommissioned"));
  }

  /** 404: the model does not exist, or the account has no access. */
  public static Reply notFound(String model) {
    return Reply.json(
        404,
        error(
            "The model `%s` does not exist or you do not have access to it.".formatted(model),
            INVALID,
            "model_not_found"));
  }

  /** 400: the model's terms are not accepted. */
  public static Reply termsRequired(String model) {
    return Reply.json(
        400,
        error(
            ("The model `%1$s` requires terms acceptance. Please have the org admin accept the terms"
                    + " at https://console.groq.com/playground?model=%1$s")
                .formatted(model),
            INVALID,
            "model_terms_required"));
  }

  /** 400 with this message. */
  public static Reply invalid(String message) {
    return Reply.json(400, error(message, INVALID));
  }

  /** 400 about the response format. */
  static Reply badFormat(String message) {
    return about(message, "response_format");
  }

  /** 400: the maximum of tokens exceeds what the model can write. */
  static Reply aboveMaximum(String field, int maximum) {
    String message =
        "`%1$s` must be less than or equal to `%2$d`, the maximum value for `%1$s` is less than the `context_window` for this model"
            .formatted(field, maximum);
    return about(message, field);
  }

  /** 400: the generated text is not complete JSON. */
  public static Reply jsonValidateFailed(String generation) {
    ObjectNode body =
        error(
            "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
            INVALID,
            "json_validate_failed");
    ((ObjectNode) body.get("error")).put("failed_generation", generation);
    return Reply.json(400, body);
  }

  /** 400: the generated text reached the maximum of tokens. */
  public static Reply ranOutOfTokens() {
    return jsonValidateFailed("max completion tokens reached before generating a valid document");
  }

  /** 200 with an error body, as gateways send it. */
  public static Reply errorWith200() {
    return Reply.json(200, error("upstream failed", INTERNAL));
  }

  private static Reply about(String message, String field) {
    ObjectNode body = error(message, INVALID);
    ((ObjectNode) body.get("error")).put("param", field);
    return Reply.json(400, body);
  }

  private static ObjectNode error(String message, String type) {
    ObjectNode body = CompletionBody.JSON.createObjectNode();
    body.putObject("error").put("message", message).put("type", type);
    return body;
  }

  private static ObjectNode error(String message, String type, String code) {
    ObjectNode body = error(message, type);
    ((ObjectNode) body.get("error")).put("code", code);
    return body;
  }
}
