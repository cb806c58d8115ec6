package io.burnish.provider.response;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.provider.wire.ErrorEnvelope;
import io.burnish.provider.wire.LenientJson;
import io.burnish.provider.wire.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The error in a response, in any of the known formats. Missing parts are empty.
 *
 * <p>Source: Groq error-codes page; OpenAI's envelope; vLLM and Mistral ({@code object: error},
 * with the list of FastAPI in the message); FastAPI ({@code detail}); OpenRouter ({@code
 * metadata.raw}); read 2026-11.
 *
 * @param status of the response
 * @param enveloped whether the error has the format of a provider; else it is from a proxy
 * @param message the message, or the first words of the body without an envelope; never empty
 * @param code the code of the error, in lower case
 * @param type the type of the error, in lower case
 * @param params the fields of the request concerned
 * @param failedGeneration the model's text that the provider rejected, or why there is none
 * @param generated whether there is a {@code failed_generation}, empty or not
 * @param usage the tokens used all the same
 */
public record ErrorResponse(
    int status,
    boolean enveloped,
    String message,
    String code,
    String type,
    List<String> params,
    String failedGeneration,
    boolean generated,
    Usage usage) {

  private static final Set<String> THROTTLED =
      Set.of(
          "rate_limit_exceeded",
          "rate_limit_error",
          "rate_limit",
          "rate_limited",
          "ratelimiterror",
          "ratelimitreached",
          "too_many_requests",
          "toomanyrequests",
          "credit_limit",
          "credit_limit_exceeded",
          "throttled",
          "throttling",
          "resource_exhausted");

  private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
  private static final Pattern LIMIT_WORDS =
      Pattern.compile("rate.?limit|too many requests", Pattern.CASE_INSENSITIVE);
  private static final Pattern REQUEST_WORDS =
      Pattern.compile("invalid_?request|bad_?request|invalid_argument|unsupported|validation");
  private static final Pattern KEY_WORDS =
      Pattern.compile(
          "authentication|unauthori[sz]ed|(invalid|incorrect|missing) api.?key",
          Pattern.CASE_INSENSITIVE);

  /** Characters of a page that are read; the message of a fault is shorter. */
  private static final int MOST_OF_A_PAGE = 4_000;

  /** Reads any body. */
  static ErrorResponse read(int status, String body) {
    JsonNode root = LenientJson.read(body);
    return of(status, ErrorEnvelope.find(root), root.path("usage"), body);
  }

  /**
   * Reads the error in an envelope.
   *
   * @param error the envelope; missing when there is none
   * @param usage the usage in the response; missing when there is none
   * @param body the whole body
   */
  static ErrorResponse of(int status, JsonNode error, JsonNode usage, String body) {
    ValidationDetail detail = ValidationDetail.of(error);
    String message = message(error, detail);
    String code = LenientJson.text(error, "code");
    return new ErrorResponse(
        status,
        ErrorEnvelope.isError(error),
        message.isBlank() ? firstWords(status, body) : inContext(status, message),
        (code.isEmpty() ? detail.type() : code).toLowerCase(Locale.ROOT),
        LenientJson.text(error, "type").toLowerCase(Locale.ROOT),
        detail.params(LenientJson.text(error, "param")),
        LenientJson.text(error, "failed_generation"),
        error.path("failed_generation").isTextual()
            && (status < 300 || status == 400 || status == 422),
        Usage.of(usage.isObject() ? usage : error.path("usage")));
  }

  private static String message(JsonNode error, ValidationDetail detail) {
    if (error.isValueNode()) {
      return error.isNull() ? "" : error.asText();
    }
    if (!detail.words().isEmpty()) {
      return detail.words();
    }
    for (String name : new String[] {"message", "msg", "detail", "error_description", "title"}) {
      String words = LenientJson.text(error, name);
      if (!words.isBlank()) {
        String raw = LenientJson.text(error.path("metadata"), "raw");
        return raw.isBlank() ? words : words + ": " + raw;
      }
    }
    return error.path("error").isTextual() ? error.path("error").asText() : "";
  }

  private static String inContext(int status, String message) {
    return status < 400 ? "status %d with an error: %s".formatted(status, message) : message;
  }

  /** The first words of a body without an envelope, after its status. */
  static String firstWords(int status, String body) {
    String start = body.substring(0, Math.min(MOST_OF_A_PAGE, body.length()));
    String text = start.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip();
    return "HTTP %d%s".formatted(status, text.isEmpty() ? "" : ": " + text);
  }

  /**
   * The status that fits the error: gateways send errors with a success status, some with the
   * status as the code. An unknown error counts as 500.
   */
  int meantStatus() {
    if (status != 413 && (THROTTLED.contains(code) || THROTTLED.contains(type))) {
      return 429;
    }
    if (status >= 300 || !enveloped) {
      return status;
    }
    if (STATUS.matcher(code).matches()) {
      return Integer.parseInt(code);
    }
    if (LIMIT_WORDS.matcher(message).find()) {
      return 429;
    }
    if (KEY_WORDS.matcher(type + " " + message).find()) {
      return 401;
    }
    return REQUEST_WORDS.matcher(type + " " + code).find() ? 400 : 500;
  }

  /** Whether message, code or type match. */
  boolean mentions(Pattern pattern) {
    return pattern.matcher(code).find()
        || pattern.matcher(type).find()
        || pattern.matcher(message).find();
  }
}
