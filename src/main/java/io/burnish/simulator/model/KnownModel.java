package io.burnish.simulator.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A model of the provider.
 *
 * <p>Source: Groq models, structured-outputs, reasoning and deprecations pages, read 2026-11.
 *
 * @param name as it is called, without a {@code simulated/} prefix
 * @param owner who made it
 * @param contextWindow maximum tokens of prompt and answer together
 * @param maxOutput maximum tokens of an answer
 * @param speed tokens written per second, as listed
 * @param reasoning whether and how it reasons before it answers
 * @param schemas whether it takes a JSON schema
 */
public record KnownModel(
    String name,
    String owner,
    int contextWindow,
    int maxOutput,
    int speed,
    Reasoning reasoning,
    Schemas schemas) {

  /**
   * Whether a model reasons before it answers, and the values of {@code reasoning_effort} that it
   * takes.
   */
  public enum Reasoning {
    /** It does not reason. */
    NONE(List.of()),
    /** It reasons with the given effort. */
    BY_EFFORT(List.of("low", "medium", "high")),
    /** Its reasoning can be switched off; only the check of the field is simulated. */
    SWITCHED(List.of("none", "default", "low", "medium", "high"));

    private final List<String> efforts;

    Reasoning(List<String> efforts) {
      this.efforts = efforts;
    }

    /** The values of {@code reasoning_effort} that it accepts. */
    public List<String> efforts() {
      return efforts;
    }
  }

  /** Whether a model takes a JSON schema. */
  public enum Schemas {
    /** It takes no schema. */
    NONE,
    /** It takes a schema, and its answers may violate it. */
    BEST_EFFORT,
    /** Its answers always match the schema. */
    STRICT
  }

  private static final String SIMULATED = "simulated/";
  private static final int CONTEXT = 131_072;

  private static final KnownModel UNKNOWN =
      new KnownModel("", "Nobody", CONTEXT, 32_768, 500, Reasoning.NONE, Schemas.NONE);

  private static final Map<String, KnownModel> TABLE =
      java.util.stream.Stream.of(
              gptOss("openai/gpt-oss-120b", 500, Schemas.STRICT),
              gptOss("openai/gpt-oss-20b", 1_000, Schemas.STRICT),
              gptOss("openai/gpt-oss-safeguard-20b", 1_000, Schemas.BEST_EFFORT),
              new KnownModel(
                  "qwen/qwen3.8-27b",
                  "Alibaba Cloud",
                  131_042,
                  16_384,
                  450,
                  Reasoning.SWITCHED,
                  Schemas.BEST_EFFORT),
              new KnownModel(
                  "allam-2-7b", "SDAIA", 4_096, 4_096, 500, Reasoning.NONE, Schemas.NONE),
              new KnownModel(
                  "llama-3.1-8b-instant",
                  "Meta",
                  CONTEXT,
                  CONTEXT,
                  560,
                  Reasoning.NONE,
                  Schemas.NONE),
              new KnownModel(
                  "llama-3.3-70b-versatile",
                  "Meta",
                  CONTEXT,
                  32_768,
                  280,
                  Reasoning.NONE,
                  Schemas.NONE))
          .collect(Collectors.toUnmodifiableMap(KnownModel::name, Function.identity()));

  /** Decommissioned for free and developer accounts by 2026-09. */
  public static final Set<String> DECOMMISSIONED =
      Set.of(
          "groq/compound",
          "groq/compound-mini",
          "qwen/qwen3.6-27b",
          "qwen/qwen3-32b",
          "llama-3.1-8b-instant",
          "llama-3.3-70b-versatile",
          "meta-llama/llama-4-scout-17b-16e-instruct",
          "meta-llama/llama-4-maverick-17b-128e-instruct",
          "moonshotai/kimi-k2-instruct",
          "moonshotai/kimi-k2-instruct-0905",
          "gemma2-9b-it",
          "deepseek-r1-distill-llama-70b",
          "llama3-70b-8192",
          "llama3-8b-8192",
          "mistral-saba-24b",
          "qwen-qwq-32b",
          "mixtral-8x7b-32768");

  private static KnownModel gptOss(String name, int speed, Schemas schemas) {
    return new KnownModel(name, "OpenAI", CONTEXT, 65_536, speed, Reasoning.BY_EFFORT, schemas);
  }

  /** The name without the {@code simulated/} prefix of the application. */
  public static String bare(String model) {
    return model.startsWith(SIMULATED) ? model.substring(SIMULATED.length()) : model;
  }

  /** The model of this name; empty if the provider does not have it. */
  public static Optional<KnownModel> named(String model) {
    return Optional.ofNullable(TABLE.get(bare(model)));
  }

  /** The model of this name, else what is usual for its family. */
  public static KnownModel orUsual(String model) {
    return named(model)
        .or(() -> usualFor(model, "gpt-oss", "openai/gpt-oss-120b"))
        .or(() -> usualFor(model, "qwen3", "qwen/qwen3.8-27b"))
        .orElse(UNKNOWN);
  }

  private static Optional<KnownModel> usualFor(String model, String family, String known) {
    return model.contains(family) ? named(known) : Optional.empty();
  }

  /** All models of the provider, by name. */
  public static List<KnownModel> all() {
    return TABLE.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }
}
