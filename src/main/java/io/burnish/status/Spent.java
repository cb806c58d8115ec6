package io.burnish.status;

import java.time.Instant;

/**
 * What the calls to a model used since a time.
 *
 * @param since the start of a minute
 * @param model that was called
 * @param promptTokens prompt tokens, cached ones included
 * @param completionTokens completion tokens
 * @param cachedTokens prompt tokens that came from the provider's cache
 */
public record Spent(
    Instant since, String model, long promptTokens, long completionTokens, long cachedTokens) {}
