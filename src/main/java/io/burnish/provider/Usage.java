package io.burnish.provider;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a provider says that a call used, made safe to count: it can be missing, negative, a text or
 * absurd, and must not harm a quota for that. A figure that can't be true counts as not told.
 *
 * <p>Source: usage of OpenAI's form, and the names that others use (input, output,
 * prompt_cache_hit), read 2026-11.
 *
 * @param promptTokens tokens read; 0 when not told
 * @param completionTokens tokens written; 0 when not told
 * @param cachedTokens tokens of the prompt that came from a cache; never more than the prompt has
 * @param believable whether all that was told can be true
 */
record Usage(int promptTokens, int completionTokens, int cachedTokens, boolean believable) {

  /** No context of a model that is known holds as many. */
  private static final double MOST = 10_000_000;

  private static final Usage NOT_TOLD = new Usage(0, 0, 0, true);

  /** Reads one; any node will do. */
  static Usage of(JsonNode usage) {
    if (usage.isMissingNode() || usage.isNull()) {
      return NOT_TOLD;
    }
    double prompt = number(usage, "prompt_tokens", "input_tokens");
    double completion = number(usage, "completion_tokens", "output_tokens");
    double cached =
        Math.max(
            number(usage.path("prompt_tokens_details"), "cached_tokens"),
            Math.max(
                number(usage.path("input_tokens_details"), "cached_tokens"),
                number(usage, "prompt_cache_hit_tokens")));
    boolean believable = isCount(prompt) && isCount(completion) && cached <= Math.max(0, prompt);
    int read = count(prompt);
    return new Usage(read, count(completion), Math.min(read, count(cached)), believable);
  }

  /** Whether anything was told. */
  boolean isTold() {
    return promptTokens > 0 || completionTokens > 0;
  }

  private static boolean isCount(double told) {
    return told >= 0 && told <= MOST;
  }

  private static int count(double told) {
    return isCount(told) ? (int) Math.round(told) : 0;
  }

  /** The first of the fields that is there; 0 when none is, NaN when it is no number. */
  private static double number(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isNumber()) {
        return value.doubleValue();
      }
      if (!value.isMissingNode() && !value.isNull()) {
        return parsed(value.asText());
      }
    }
    return 0;
  }

  private static double parsed(String text) {
    return text.strip().matches("-?\\d{1,15}(\\.\\d{1,9})?")
        ? Double.parseDouble(text.strip())
        : Double.NaN;
  }
}
