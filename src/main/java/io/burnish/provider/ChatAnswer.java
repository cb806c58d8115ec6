package io.burnish.provider;

/**
 * What a good call brought.
 *
 * @param model who answered
 * @param content the model's text, as it came
 * @param promptTokens tokens read, cached ones included
 * @param completionTokens tokens written, reasoning included
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
    RateLimitHeaders rateLimits) {}
