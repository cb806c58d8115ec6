package io.burnish.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a response says that is no answer. Of the envelope only message and type are promised, and
 * look-alikes send other things: a text in its place, a number for a code. Whatever is not there is
 * empty.
 *
 * <p>Source: Groq error-codes page, read 2026-11.
 *
 * @param status of the response
 * @param enveloped whether there is an error in the form of a provider; else a proxy speaks
 * @param message in words, made of the body when there is no envelope; never empty
 * @param code the error's own name
 * @param type its family
 * @param param the field of the request that it is about
 * @param failedGeneration the model's text that was held for invalid, or why there is none
 */
record ErrorResponse(
    int status,
    boolean enveloped,
    String message,
    String code,
    String type,
    String param,
    String failedGeneration) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> THROTTLED = Set.of("rate_limit_exceeded", "too_many_requests");
  private static final String SERVER_ERROR = "internal_server_error";
  private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");

  /** More of a page is not read: the message of a fault is shorter. */
  private static final int MOST_OF_A_PAGE = 4_000;

  /** Reads one, whatever the body is. */
  static ErrorResponse read(int status, String body) {
    JsonNode error = envelope(body);
    String message = error.isTextual() ? error.asText() : text(error, "message");
    return new ErrorResponse(
        status,
        !error.isMissingNode() && !error.isNull(),
        message.isBlank() ? page(status, body) : inContext(status, message),
        text(error, "code"),
        text(error, "type"),
        text(error, "param"),
        text(error, "failed_generation"));
  }

  private static JsonNode envelope(String body) {
    try {
      return JSON.readTree(body).path("error");
    } catch (JsonProcessingException e) {
      // A proxy's page: its words and the status have to do.
      return JSON.missingNode();
    }
  }

  private static String text(JsonNode error, String name) {
    JsonNode value = error.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String inContext(int status, String message) {
    return status < 400 ? "status %d with an error: %s".formatted(status, message) : message;
  }

  private static String page(int status, String body) {
    String start = body.substring(0, Math.min(MOST_OF_A_PAGE, body.length()));
    String text = start.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip();
    return "HTTP %d%s".formatted(status, text.isEmpty() ? "" : ": " + text);
  }

  /**
   * The status that fits what is said: gateways between put an error into a good response, some
   * with its status as the code.
   */
  int meantStatus() {
    if (THROTTLED.contains(code) && status != 413) {
      return 429;
    }
    if (status >= 300 || !enveloped) {
      return status;
    }
    if (STATUS.matcher(code).matches()) {
      return Integer.parseInt(code);
    }
    return type.equals(SERVER_ERROR) ? 500 : status;
  }
}
