package io.burnish.provider.wire;

/**
 * The answer of a call.
 *
 * @param model the model that answered
 * @param content the model's text as received; empty when there is none
 * @param promptTokens tokens of the prompt, cached ones included; 0 when not reported
 * @param completionTokens tokens of the answer, reasoning included; 0 when not reported
 * @param cachedTokens tokens of the prompt from the provider's cache, which do not count against
 *     the limits
 * @param requestId the provider's id of the call; empty when there is none
 * @param rateLimits the rate-limit headers of the response
 */
public record ChatAnswer(
    String model,
    String content,
    int promptTokens,
    int completionTokens,
    int cachedTokens,
    String requestId,
    RateLimitHeaders rateLimits) {

  /** An answer with its usage. */
  public static ChatAnswer of(
      String model, String content, Usage usage, String requestId, RateLimitHeaders limits) {
    return new ChatAnswer(
        model,
        content,
        usage.promptTokens(),
        usage.completionTokens(),
        usage.cachedTokens(),
        requestId,
        limits);
  }

  /** Whether its tokens are reported; some providers leave them out. */
  public boolean reportsUsage() {
    return promptTokens > 0 || completionTokens > 0;
  }

  /** Tokens that count against the limits; never below 0. */
  public long charged() {
    return Math.max(0, (long) promptTokens - cachedTokens + completionTokens);
  }
}
