package io.burnish.simulator;

import java.util.Map;

/**
 * What an organization pays for, and the base limits that come with it.
 *
 * <p>Source: Groq rate-limits page, both tabs as quoted 2026-08 and measured 2026-09, read 2026-11.
 * Developer limits of qwen3.8-27b are not published; they are taken to be those of qwen3.6-27b.
 */
enum Plan {
  /** Costs nothing. */
  FREE(
      Map.ofEntries(
          Map.entry("groq/compound", Limits.of(30, 250, 70_000, 0)),
          Map.entry("groq/compound-mini", Limits.of(30, 250, 70_000, 0)),
          Map.entry("llama-3.1-8b-instant", Limits.of(30, 14_400, 6_000, 500_000)),
          Map.entry("llama-3.3-70b-versatile", Limits.of(30, 1_000, 12_000, 100_000)),
          Map.entry("moonshotai/kimi-k2-instruct-0905", Limits.of(60, 1_000, 10_000, 300_000)),
          Map.entry("qwen/qwen3-32b", Limits.of(60, 1_000, 6_000, 500_000))),
      Limits.of(30, 1_000, 8_000, 200_000)),
  /** Pays by use. */
  DEVELOPER(
      Map.ofEntries(
          Map.entry("groq/compound", Limits.of(200, 20_000, 200_000, 0)),
          Map.entry("groq/compound-mini", Limits.of(200, 20_000, 200_000, 0)),
          Map.entry("llama-3.3-70b-versatile", Limits.of(1_000, 500_000, 300_000, 0)),
          Map.entry("openai/gpt-oss-safeguard-20b", Limits.of(1_000, 500_000, 150_000, 0)),
          Map.entry("qwen/qwen3-32b", Limits.of(1_000, 500_000, 300_000, 0))),
      Limits.of(1_000, 500_000, 250_000, 0)),
  /** No limits, as no provider has it. */
  UNLIMITED(Map.of(), Limits.NONE);

  private final Map<String, Limits> exceptions;
  private final Limits usual;

  Plan(Map<String, Limits> exceptions, Limits usual) {
    this.exceptions = exceptions;
    this.usual = usual;
  }

  /** The limits of a model; for one that is not in the table, those that most models have. */
  Limits limits(String model) {
    return exceptions.getOrDefault(KnownModel.bare(model), usual);
  }
}
