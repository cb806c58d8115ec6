package io.burnish.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a response says that is no answer, in any of the forms that are in use. Only message and
 * type are promised; whatever is not there is empty.
 *
 * <p>Source: Groq error-codes page; OpenAI's envelope; vLLM and Mistral ({@code object: error},
 * with the list of FastAPI in the message); FastAPI ({@code detail}); OpenRouter ({@code
 * metadata.raw}); read 2026-11.
 *
 * @param status of the response
 * @param enveloped whether there is an error in the form of a provider; else a proxy speaks
 * @param message in words, made of the body when there is no envelope; never empty
 * @param code the error's own name, in lower case
 * @param type its family, in lower case
 * @param params the fields of the request that it is about
 * @param failedGeneration the model's text that was held for invalid, or why there is none
 * @param generated whether there is a {@code failed_generation}, empty or not
 * @param usage what was used all the same
 */
record ErrorResponse(
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

  /** More of a page is not read: the message of a fault is shorter. */
  private static final int MOST_OF_A_PAGE = 4_000;

  /** Envelopes in envelopes, as chains of gateways make them. */
  private static final int DEEPEST = 4;

  /** Reads one, whatever the body is. */
  static ErrorResponse read(int status, String body) {
    JsonNode root = LenientJson.read(body);
    return of(status, in(root), root.path("usage"), body);
  }

  /**
   * Reads one.
   *
   * @param error its envelope; missing when there is none
   * @param usage what the response says of it; missing when it says nothing
   * @param body the whole
   */
  static ErrorResponse of(int status, JsonNode error, JsonNode usage, String body) {
    Detail detail = Detail.of(error);
    String message = message(error, detail);
    String code = LenientJson.text(error, "code");
    return new ErrorResponse(
        status,
        says(error),
        message.isBlank() ? page(status, body) : inContext(status, message),
        (code.isEmpty() ? detail.type() : code).toLowerCase(Locale.ROOT),
        LenientJson.text(error, "type").toLowerCase(Locale.ROOT),
        detail.params(LenientJson.text(error, "param")),
        LenientJson.text(error, "failed_generation"),
        error.path("failed_generation").isTextual()
            && (status < 300 || status == 400 || status == 422),
        Usage.of(usage.isObject() ? usage : error.path("usage")));
  }

  /** The innermost error in a body; missing when it says none. */
  static JsonNode in(JsonNode root) {
    JsonNode error = root.path("error");
    if (!says(error)) {
      boolean isError =
          root.path("object").asText().equals("error")
              || root.path("type").asText().equals("error")
              || (!root.has("choices")
                  && !root.path("message").has("content")
                  && (root.has("detail")
                      || root.has("errors")
                      || root.path("message").isTextual()));
      error = isError ? root : MissingNode.getInstance();
    }
    for (int depth = 0; depth < DEEPEST && error.path("error").isObject(); depth++) {
      error = error.path("error");
    }
    JsonNode several = error.path("errors");
    return several.isArray() && !several.isEmpty() && !error.has("message")
        ? several.get(0)
        : error;
  }

  /** Whether a node that stands where an error would says anything. */
  static boolean says(JsonNode error) {
    return error.isContainerNode()
        ? !error.isEmpty()
        : error.isTextual() ? !error.asText().isBlank() : error.isNumber() && error.asInt() != 0;
  }

  private static String message(JsonNode error, Detail detail) {
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

  /** What a body says that has no error in it: its first words. */
  static String page(int status, String body) {
    String start = body.substring(0, Math.min(MOST_OF_A_PAGE, body.length()));
    String text = start.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip();
    return "HTTP %d%s".formatted(status, text.isEmpty() ? "" : ": " + text);
  }

  /**
   * The status that fits what is said: gateways between put an error into a good response, some
   * with its status as the code. An error that says nothing of its kind is the provider's.
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

  /** Whether message, code or type have a match. */
  boolean mentions(Pattern pattern) {
    return pattern.matcher(code).find()
        || pattern.matcher(type).find()
        || pattern.matcher(message).find();
  }

  /**
   * The list that FastAPI sends of what is wrong with a request.
   *
   * @param words all of it
   * @param type of the first, such as {@code extra_forbidden}
   * @param places the fields that it is about
   */
  private record Detail(String words, String type, List<String> places) {

    static Detail of(JsonNode error) {
      JsonNode list = error.path("detail");
      if (!list.isArray()) {
        list = error.path("message").path("detail");
      }
      if (!list.isArray() && error.path("message").isArray()) {
        list = error.path("message");
      }
      List<String> words = new ArrayList<>();
      List<String> places = new ArrayList<>();
      for (JsonNode each : list) {
        String place = place(each.path("loc"));
        words.add(place + ": " + LenientJson.text(each, "msg"));
        places.add(place);
      }
      return new Detail(
          String.join("; ", words), LenientJson.text(list.path(0), "type"), List.copyOf(places));
    }

    private static String place(JsonNode location) {
      List<String> steps = new ArrayList<>();
      location.forEach(step -> steps.add(step.asText()));
      if (!steps.isEmpty() && steps.get(0).equals("body")) {
        steps.remove(0);
      }
      return String.join(".", steps);
    }

    List<String> params(String named) {
      List<String> all = new ArrayList<>(places);
      if (!named.isBlank()) {
        all.add(0, named);
      }
      return all;
    }
  }
}
