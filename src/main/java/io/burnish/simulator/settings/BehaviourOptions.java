package io.burnish.simulator.settings;

import io.burnish.simulator.faults.Oddities;
import io.burnish.simulator.faults.RefusedField;
import io.burnish.simulator.faults.UsageReport;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.Latency;
import io.burnish.simulator.model.ServedModels;
import io.burnish.simulator.model.TokenCounter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options about models and their answers. Filled in by picocli. */
final class BehaviourOptions {

  private static final String DEFAULT = "default";

  @Option(
      names = "--checks",
      arity = "1",
      defaultValue = "true",
      description = "whether requests are validated before the limits are checked")
  boolean checks;

  @Option(
      names = "--unknown-models",
      defaultValue = "accept",
      description = "accept or refuse (404) models that the provider does not have")
  ServedModels.Unknown unknownModels;

  @Option(
      names = "--decommissioned",
      split = OptionConverters.LIST,
      defaultValue = DEFAULT,
      description =
          "decommissioned models, separated by ','; default: those that the provider has shut down")
  List<String> decommissioned;

  @Option(
      names = "--dislikes",
      split = OptionConverters.LIST,
      description =
          "field=style, several separated by ',': requests with the field are refused as openai,"
              + " openai-parameter, pydantic, fastapi, vllm, azure or groq does")
  List<RefusedField> refusedFields = List.of();

  @Option(
      names = "--bad-request-message",
      defaultValue = "Bad Request",
      description = "message of the 400 of the fault bad-request")
  String badRequest;

  @Option(
      names = "--max-output",
      split = OptionConverters.GROUPS,
      description =
          "model=tokens: maximum tokens of an answer where it differs; several separated by ';'")
  Map<String, Integer> maxOutput = Map.of();

  @Option(
      names = "--tokens",
      defaultValue = "o200k",
      description = "o200k: a real tokenizer; characters: a quarter of them, to measure speed only")
  TokenCounter tokens;

  @Option(
      names = "--caching",
      arity = "1",
      defaultValue = "true",
      description = "whether a repeated system message and schema are not charged again")
  boolean caching;

  @Option(
      names = "--reasoning",
      defaultValue = "20",
      description = "reasoning tokens of gpt-oss at low effort, once and for each record; 0: none")
  int reasoning;

  @Option(
      names = "--latency",
      defaultValue = "0s",
      description = "20ms; or 400ms..2s: p50 and p99, lognormal; or 50ms+500t/s: by tokens written")
  Latency latency;

  @Option(
      names = "--slow",
      defaultValue = "2s",
      description = "latency of an answer with the fault slow")
  Duration slow;

  @Option(
      names = "--slow-above",
      defaultValue = "0",
      description = "calls of more records than this are slow; 0: none")
  int slowAbove;

  @Option(
      names = "--stubborn",
      defaultValue = "0%",
      converter = OptionConverters.Percent.class,
      description = "share of the records that get the same false price each time")
  double stubborn;

  @Option(
      names = "--usage",
      defaultValue = "exact",
      description = "token usage is exact, none, null, negative, absurd, float or as-text")
  UsageReport usage;

  @Option(
      names = "--huge-body",
      defaultValue = "200MB",
      converter = OptionConverters.Size.class,
      description = "blanks before an answer with the fault huge-body; kB, MB or GB")
  long hugeBody;

  /** The behaviour that they give. */
  Behaviour behaviour() {
    Set<String> gone =
        decommissioned.equals(List.of(DEFAULT))
            ? KnownModel.DECOMMISSIONED
            : decommissioned.stream().map(KnownModel::bare).collect(Collectors.toSet());
    return new Behaviour(
        checks,
        new ServedModels(unknownModels, gone, maxOutput),
        tokens,
        caching,
        reasoning,
        latency,
        new Oddities(refusedFields, slowAbove, slow, stubborn, usage, hugeBody, badRequest));
  }
}
