package io.burnish.provider;

/**
 * What a call brought that was answered.
 *
 * @param model who answered
 * @param content the model's text, as it came; empty when there was none
 * @param promptTokens tokens read, cached ones included; 0 when not told
 * @param completionTokens tokens written, reasoning included; 0 when not told
 * @param cachedTokens tokens of the prompt that came from the provider's cache, and are not counted
 *     against the limits
 * @param requestId the provider's own id of the call; empty when it gave none
 * @param rateLimits what the response's headers say of the limits
 */
public record ChatAnswer(
    String model,
    String content,
    int promptTokens,
    int completionTokens,
    int cachedTokens,
    String requestId,
    RateLimitHeaders rateLimits) {

  /** An answer with what its provider says that it used. */
  static ChatAnswer of(
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

  /** Whether its tokens were told; some look-alikes leave them out. */
  public boolean reportsUsage() {
    return promptTokens > 0 || completionTokens > 0;
  }

  /** Tokens that it was charged against the limits; never below 0. */
  public long charged() {
    return Math.max(0, (long) promptTokens - cachedTokens + completionTokens);
  }
}
