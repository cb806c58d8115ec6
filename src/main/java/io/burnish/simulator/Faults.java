package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.Envelope.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * The errors, to the letter. Source: Groq error-codes and rate-limits pages, and published traffic,
 * read 2026-11.
 */
final class Faults {

  private static final String INVALID = "invalid_request_error";

  private Faults() {}

  /** The error that a misbehaviour is, or empty when it is one of the answer's content. */
  static Optional<Reply> of(Misbehaviour misbehaviour, String model, String goodContent) {
    return Optional.ofNullable(
        switch (misbehaviour) {
          case THROTTLED ->
              throttled(
                  model,
                  "tokens per minute (TPM): Limit 8000, Used 7500, Requested 633",
                  "998.5ms",
                  "1",
                  "tokens");
          case THROTTLED_FOR_LONG ->
              throttled(
                  model,
                  "tokens per day (TPD): Limit 200000, Used 199000, Requested 14178",
                  "1h34m52.896s",
                  "5693",
                  "tokens");
          case TOO_LARGE ->
              Reply.json(
                  413,
                  Envelope.error(
                      "Request too large for model `%s` in organization `org_simulated` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 11285, please reduce your message size and try again."
                          .formatted(model),
                      "tokens",
                      "rate_limit_exceeded"));
          case NO_CAPACITY ->
              Reply.json(
                  498,
                  Envelope.error(
                      "`flex` tier capacity exceeded, try again later", "", "capacity_exceeded"));
          case SERVER_ERROR ->
              Reply.json(500, Envelope.error("Internal Server Error", "internal_server_error"));
          case BAD_GATEWAY ->
              new Reply(
                  502,
                  "text/html",
                  "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
                  Map.of());
          case OVERLOADED ->
              Reply.json(
                  503,
                  Envelope.error(
                      model
                          + " is currently over capacity. Please try again and back off exponentially.",
                      "internal_server_error"));
          case KEY_REFUSED ->
              Reply.json(401, Envelope.error("Invalid API Key", INVALID, "invalid_api_key"));
          case REQUEST_REFUSED ->
              Reply.json(400, Envelope.error("'temperature' : value must be at most 2", INVALID));
          case DECOMMISSIONED ->
              Reply.json(
                  400,
                  Envelope.error(
                      "The model `%s` has been decommissioned and is no longer supported."
                          .formatted(model),
                      INVALID,
                      "model_decommissioned"));
          case MODEL_NOT_FOUND ->
              Reply.json(
                  404,
                  Envelope.error(
                      "The model `%s` does not exist or you do not have access to it."
                          .formatted(model),
                      INVALID,
                      "model_not_found"));
          case JSON_VALIDATE_FAILED -> invalid(goodContent);
          case RAN_OUT_OF_TOKENS ->
              invalid("max completion tokens reached before generating a valid document");
          case ERROR_WITH_200 ->
              Reply.json(200, Envelope.error("upstream failed", "internal_server_error"));
          case BROKEN_JSON,
              FENCED_JSON,
              WRONG_CATEGORY,
              PRICE_NOT_IN_TEXT,
              PRICE_AS_TEXT,
              MISSING_REF,
              FOREIGN_REF,
              REPEATED_REF,
              TRUNCATED,
              EMPTY,
              SLOW,
              HANG_UP ->
              null;
        });
  }

  private static Reply throttled(
      String model, String what, String wait, String retryAfter, String type) {
    ObjectNode body =
        Envelope.error(
            "Rate limit reached for model `%s` in organization `org_simulated` service tier `on_demand` on %s. Please try again in %s."
                .formatted(model, what, wait),
            type,
            "rate_limit_exceeded");
    return new Reply(429, "application/json", body + "\n", Map.of("retry-after", retryAfter));
  }

  private static Reply invalid(String generation) {
    ObjectNode body =
        Envelope.error(
            "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
            INVALID,
            "json_validate_failed");
    ((ObjectNode) body.get("error")).put("failed_generation", generation);
    return Reply.json(400, body);
  }
}
