package io.burnish.job;

/**
 * Calls, verdicts and tokens of one model in a job.
 *
 * @param model its name
 * @param calls HTTP calls, answered or not
 * @param succeeded records that its answers enhanced
 * @param refused its answers that were refused
 * @param promptTokens tokens of prompts, cached ones included
 * @param completionTokens tokens of answers
 * @param cachedTokens part of promptTokens: read from the provider's cache
 */
public record ModelUsage(
    String model,
    long calls,
    long succeeded,
    long refused,
    long promptTokens,
    long completionTokens,
    long cachedTokens) {}
