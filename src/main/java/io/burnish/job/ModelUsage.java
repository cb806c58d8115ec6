package io.burnish.job;

/**
 * What one model did for a job.
 *
 * @param model its name
 * @param calls HTTP calls to it, answered or not
 * @param succeeded records that its answers enhanced
 * @param refused answers of it that were refused
 * @param promptTokens tokens it read, cached ones included
 * @param completionTokens tokens it wrote
 * @param cachedTokens part of the prompt tokens: those that came from the provider's cache
 */
public record ModelUsage(
    String model,
    long calls,
    long succeeded,
    long refused,
    long promptTokens,
    long completionTokens,
    long cachedTokens) {}
