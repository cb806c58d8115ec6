package io.burnish.simulator.limits;

import io.burnish.simulator.model.KnownModel;
import java.util.Map;

/**
 * The plan of an organization, and the limits that come with it.
 *
 * <p>Source: Groq rate-limits page, both tabs as quoted 2026-08 and measured 2026-09, read 2026-11.
 * Developer limits of qwen3.8-27b are not published; they are assumed to be those of qwen3.6-27b.
 */
public enum SimulatedPlan {
  /** Free of charge. */
  FREE(
      Map.ofEntries(
          Map.entry("groq/compound", RateLimits.of(30, 250, 70_000, 0)),
          Map.entry("groq/compound-mini", RateLimits.of(30, 250, 70_000, 0)),
          Map.entry("llama-3.1-8b-instant", RateLimits.of(30, 14_400, 6_000, 500_000)),
          Map.entry("llama-3.3-70b-versatile", RateLimits.of(30, 1_000, 12_000, 100_000)),
          Map.entry("moonshotai/kimi-k2-instruct-0905", RateLimits.of(60, 1_000, 10_000, 300_000)),
          Map.entry("qwen/qwen3-32b", RateLimits.of(60, 1_000, 6_000, 500_000))),
      RateLimits.of(30, 1_000, 8_000, 200_000)),
  /** Pays by use. */
  DEVELOPER(
      Map.ofEntries(
          Map.entry("groq/compound", RateLimits.of(200, 20_000, 200_000, 0)),
          Map.entry("groq/compound-mini", RateLimits.of(200, 20_000, 200_000, 0)),
          Map.entry("llama-3.3-70b-versatile", RateLimits.of(1_000, 500_000, 300_000, 0)),
          Map.entry("openai/gpt-oss-safeguard-20b", RateLimits.of(1_000, 500_000, 150_000, 0)),
          Map.entry("qwen/qwen3-32b", RateLimits.of(1_000, 500_000, 300_000, 0))),
      RateLimits.of(1_000, 500_000, 250_000, 0)),
  /** No limits; no provider has this plan. */
  UNLIMITED(Map.of(), RateLimits.NONE);

  private final Map<String, RateLimits> exceptions;
  private final RateLimits usual;

  SimulatedPlan(Map<String, RateLimits> exceptions, RateLimits usual) {
    this.exceptions = exceptions;
    this.usual = usual;
  }

  /** The limits of a model; the usual ones for a model that is not in the table. */
  RateLimits limits(String model) {
    return exceptions.getOrDefault(KnownModel.bare(model), usual);
  }
}
