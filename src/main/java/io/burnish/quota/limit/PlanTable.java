package io.burnish.quota.limit;

import java.util.Map;
import java.util.Optional;

/**
 * The base limits of each plan and model, valid until the provider reports its own.
 *
 * <p>Source: Groq rate-limits page, both tabs, read 2026-08-14 and 2026-09-06.
 */
public final class PlanTable {

  private static final String SIMULATED = "simulated/";

  private static final Map<String, Limits> FREE =
      Map.ofEntries(
          Map.entry("openai/gpt-oss-120b", Limits.of(30, 1_000, 8_000, 200_000.0)),
          Map.entry("openai/gpt-oss-20b", Limits.of(30, 1_000, 8_000, 200_000.0)),
          Map.entry("openai/gpt-oss-safeguard-20b", Limits.of(30, 1_000, 8_000, 200_000.0)),
          Map.entry("qwen/qwen3.8-27b", Limits.of(30, 1_000, 8_000, 200_000.0)),
          Map.entry("qwen/qwen3.6-27b", Limits.of(30, 1_000, 8_000, 200_000.0)),
          Map.entry("llama-3.3-70b-versatile", Limits.of(30, 1_000, 12_000, 100_000.0)),
          Map.entry("llama-3.1-8b-instant", Limits.of(30, 14_400, 6_000, 500_000.0)),
          Map.entry("groq/compound", Limits.of(30, 250, 70_000, null)),
          Map.entry("groq/compound-mini", Limits.of(30, 250, 70_000, null)),
          Map.entry("allam-2-7b", Limits.of(30, 7_000, 6_000, 500_000.0)));

  private static final Map<String, Limits> DEVELOPER =
      Map.ofEntries(
          Map.entry("openai/gpt-oss-120b", Limits.of(1_000, 500_000, 250_000, null)),
          Map.entry("openai/gpt-oss-20b", Limits.of(1_000, 500_000, 250_000, null)),
          Map.entry("openai/gpt-oss-safeguard-20b", Limits.of(1_000, 500_000, 150_000, null)),
          Map.entry("qwen/qwen3.6-27b", Limits.of(1_000, 500_000, 250_000, null)),
          Map.entry("llama-3.3-70b-versatile", Limits.of(1_000, 500_000, 300_000, null)),
          Map.entry("llama-3.1-8b-instant", Limits.of(1_000, 500_000, 250_000, null)),
          Map.entry("groq/compound", Limits.of(200, 20_000, 200_000, null)),
          Map.entry("groq/compound-mini", Limits.of(200, 20_000, 200_000, null)),
          Map.entry("allam-2-7b", Limits.of(300, 60_000, 60_000, null)));

  private PlanTable() {}

  /** The limits of a model in a plan; empty if the table does not have them. */
  static Optional<Limits> of(Plan plan, String model) {
    String name = model.startsWith(SIMULATED) ? model.substring(SIMULATED.length()) : model;
    return switch (plan) {
      case AUTO, FREE -> Optional.ofNullable(FREE.get(name));
      case DEVELOPER -> Optional.ofNullable(DEVELOPER.get(name));
      case UNLIMITED -> Optional.of(Limits.NONE);
    };
  }

  /** The limits of the plan that has these two limits of headers; empty if the table has none. */
  public static Optional<Limits> matching(
      String model, double requestsPerDay, double tokensPerMinute) {
    return java.util.stream.Stream.of(Plan.FREE, Plan.DEVELOPER)
        .flatMap(plan -> of(plan, model).stream())
        .filter(limits -> limits.matches(requestsPerDay, tokensPerMinute))
        .findFirst();
  }
}
