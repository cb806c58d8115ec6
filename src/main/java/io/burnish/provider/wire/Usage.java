package io.burnish.provider.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The reported tokens of a call, checked before they are counted: they can be missing, negative,
 * text or impossible, and must not corrupt a quota. An impossible figure counts as missing.
 *
 * <p>Source: usage of OpenAI's form, and the names that others use (input, output,
 * prompt_cache_hit), read 2026-11.
 *
 * @param promptTokens tokens of the prompt; 0 when missing
 * @param completionTokens tokens of the answer; 0 when missing
 * @param cachedTokens tokens of the prompt from a cache; at most {@code promptTokens}
 * @param isPlausible whether all figures are possible
 */
public record Usage(int promptTokens, int completionTokens, int cachedTokens, boolean isPlausible) {

  /** More than the context of any known model. */
  private static final double MOST = 10_000_000;

  private static final Usage MISSING = new Usage(0, 0, 0, true);

  /** Reads any node. */
  public static Usage of(JsonNode usage) {
    if (usage.isMissingNode() || usage.isNull()) {
      return MISSING;
    }
    double prompt = number(usage, "prompt_tokens", "input_tokens");
    double completion = number(usage, "completion_tokens", "output_tokens");
    double cached =
        Math.max(
            number(usage.path("prompt_tokens_details"), "cached_tokens"),
            Math.max(
                number(usage.path("input_tokens_details"), "cached_tokens"),
                number(usage, "prompt_cache_hit_tokens")));
    boolean isPlausible = isCount(prompt) && isCount(completion) && cached <= Math.max(0, prompt);
    int read = count(prompt);
    return new Usage(read, count(completion), Math.min(read, count(cached)), isPlausible);
  }

  /** Whether any tokens are reported. */
  public boolean isPresent() {
    return promptTokens > 0 || completionTokens > 0;
  }

  private static boolean isCount(double figure) {
    return figure >= 0 && figure <= MOST;
  }

  private static int count(double figure) {
    return isCount(figure) ? (int) Math.round(figure) : 0;
  }

  /** The first field that is present; 0 without one, NaN when it is no number. */
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
