package io.burnish.provider.response;

import io.burnish.provider.wire.RequestField;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects an error about a field of the request that can be left out.
 *
 * <p>Source: OpenAI ({@code unsupported_parameter}, {@code unsupported_value}), Azure ({@code
 * Unrecognized request argument supplied}), Mistral and FastAPI ({@code extra_forbidden}), Groq
 * ({@code property 'x' is unsupported}), vLLM, Ollama ({@code does not support thinking}) and
 * llama.cpp, as published by users; read 2026-11.
 */
final class FieldRefusal {

  /** Codes of an unknown field, whatever its value. */
  private static final Set<String> FIELD_CODES =
      Set.of(
          "unsupported_parameter",
          "unknown_parameter",
          "unrecognized_parameter",
          "unrecognized_request_argument",
          "unknown_field",
          "extra_forbidden",
          "value_error.extra");

  private static final Pattern NOT_TAKEN =
      Pattern.compile(
          "unsupported|not (?:yet |currently )?support|n't support|unrecogni[sz]ed|unknown"
              + "|unexpected|not permitted|not allowed|forbidden|extra (?:inputs|fields)"
              + "|additional propert|not implemented|not recogni[sz]ed|not accept|n't accept"
              + "|only the default|invalid (?:parameter|argument|field|property)",
          Pattern.CASE_INSENSITIVE);

  /** The value is at fault, not the field. */
  private static final Pattern TOO_MUCH =
      Pattern.compile(
          "less than|at most|too (?:large|high|big|long)|exceed|maximum|greater than|larger than"
              + "|higher than|<=|upper limit|context",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAMES =
      Pattern.compile(
          "\\b(?:max_completion_tokens|max_tokens|reasoning_effort|include_reasoning"
              + "|response_format|json_schema|json_object)\\b");

  /** Also an everyday word, so it matches only as the name of a field. */
  private static final Pattern TEMPERATURE =
      Pattern.compile(
          "[`'\"]temperature[`'\"]|\\b(?:parameter|argument|field|property|input|value|option|key|supplied)s?:?\\s{0,3}"
              + "temperature\\b|\\btemperature (?:is|does|must|should|parameter|cannot|can't|was)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern THINKING =
      Pattern.compile(
          "not support (?:thinking|reasoning)|\\bthink(?:ing)? value\\b", Pattern.CASE_INSENSITIVE);

  private FieldRefusal() {}

  /** The sent field that is refused; null when the error is about something else. */
  static @Nullable RequestField in(ErrorResponse error, Set<RequestField> sent) {
    int status = error.meantStatus();
    boolean notTaken = NOT_TAKEN.matcher(error.message()).find();
    boolean concernsRequest =
        status == 400 || status == 422 || ((status == 500 || status == 501) && notTaken);
    if (!concernsRequest) {
      return null;
    }
    RequestField field = named(error, sent);
    if (field == RequestField.MAX_COMPLETION_TOKENS || field == RequestField.MAX_TOKENS) {
      boolean unknown =
          FIELD_CODES.contains(error.code())
              || FIELD_CODES.contains(error.type())
              || (notTaken && !TOO_MUCH.matcher(error.message()).find());
      return unknown ? field : null;
    }
    return field;
  }

  private static @Nullable RequestField named(ErrorResponse error, Set<RequestField> sent) {
    for (String param : error.params()) {
      RequestField field = RequestField.named(param, sent);
      if (field != null) {
        return field;
      }
    }
    Matcher name = NAMES.matcher(error.message());
    while (name.find()) {
      String word = name.group().toLowerCase(Locale.ROOT);
      RequestField field =
          RequestField.named(word.startsWith("json_") ? "response_format" : word, sent);
      if (field != null) {
        return field;
      }
    }
    if (sent.contains(RequestField.TEMPERATURE) && TEMPERATURE.matcher(error.message()).find()) {
      return RequestField.TEMPERATURE;
    }
    return sent.contains(RequestField.REASONING_EFFORT) && THINKING.matcher(error.message()).find()
        ? RequestField.REASONING_EFFORT
        : null;
  }
}
