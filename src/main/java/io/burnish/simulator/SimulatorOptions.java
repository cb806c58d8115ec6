package io.burnish.simulator;

import io.burnish.simulator.faults.FaultPlan;
import io.burnish.simulator.faults.FaultRates;
import io.burnish.simulator.faults.Oddities;
import io.burnish.simulator.faults.Outage;
import io.burnish.simulator.faults.RefusedField;
import io.burnish.simulator.faults.TimedFault;
import io.burnish.simulator.faults.UsageReport;
import io.burnish.simulator.limits.CoTenant;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.limits.QuotaSettings;
import io.burnish.simulator.limits.RateLimitTable;
import io.burnish.simulator.limits.RateLimits;
import io.burnish.simulator.limits.SimulatedPlan;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.Latency;
import io.burnish.simulator.model.ServedModels;
import io.burnish.simulator.model.TokenCounter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The options of the simulator, filled in by picocli: {@code --name value} on the command line,
 * {@code burnish.simulator.name} in the application, {@code "name":"value"} at the control API.
 */
@Command(
    name = "simulator",
    description = "A provider of chat completions that behaves like Groq, with its limits.",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpWidth = 120)
final class SimulatorOptions {

  private static final String LIST = "\\s*,\\s*";
  private static final String GROUPS = "\\s*;\\s*";
  private static final String DEFAULT = "default";

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "port on the loopback address; 0: any free one; only at the start")
  int port;

  @Option(
      names = "--plan",
      defaultValue = "unlimited",
      description =
          "free, developer or unlimited: the limits of models that --limits does not name")
  SimulatedPlan plan;

  @Option(
      names = "--limits",
      split = GROUPS,
      description =
          "model=rpm/rpd/tpm/tpd, several separated by ';', '*' for every other model, '-' for"
              + " none")
  Map<String, RateLimits> limits = Map.of();

  @Option(
      names = "--order",
      split = LIST,
      defaultValue = "rpm,rpd,tpm,tpd",
      description = "order in which limits are checked; the first exhausted one refuses")
  List<LimitDimension> order;

  @Option(
      names = "--opening",
      defaultValue = "1",
      converter = OptionConverters.Share.class,
      description = "share of each bucket that is available at the start, 0 to 1")
  double opening;

  @Option(
      names = "--settle",
      arity = "1",
      defaultValue = "true",
      description = "whether reserved tokens that were not used are refunded")
  boolean settle;

  @Option(
      names = "--headers",
      defaultValue = "response",
      description =
          "x-ratelimit headers at the time of the response or of the admission; openai, past,"
              + " infinity or off")
  QuotaSettings.Headers headers;

  @Option(
      names = "--reasons",
      arity = "1",
      defaultValue = "true",
      description = "whether a 429 names its dimension and its wait")
  boolean reasons;

  @Option(
      names = "--co-tenant",
      split = GROUPS,
      description =
          "share%%/tokens@from..to: another caller of the same organization; several separated by"
              + " ';'")
  List<CoTenant> coTenants = List.of();

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
      split = LIST,
      defaultValue = DEFAULT,
      description =
          "decommissioned models, separated by ','; default: those that the provider has shut down")
  List<String> decommissioned;

  @Option(
      names = "--dislikes",
      split = LIST,
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
      split = GROUPS,
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

  @Option(
      names = "--down",
      split = GROUPS,
      description = "refused@from..to or overloaded@from..to; several separated by ';'")
  List<Outage> outages = List.of();

  @Option(
      names = "--overload-wait",
      defaultValue = "0s",
      description = "retry-after of 498 and 503; 0s: none, as documented")
  Duration overloadWait;

  @Option(
      names = "--trouble",
      split = GROUPS,
      description = "kind@from..to: every call has this fault; several separated by ';'")
  List<TimedFault> timedFaults = List.of();

  @Option(
      names = "--faults",
      description = "kind=percent, several separated by ',': how often a call has this fault")
  FaultRates faultRates = FaultRates.NONE;

  @Option(names = "--seed", defaultValue = "1", description = "seed of everything random")
  long seed;

  @Option(
      names = "--keep",
      defaultValue = "2000",
      description = "how many calls are kept with their records; totals count all")
  int keep;

  @Option(names = "--log", description = "file to which every call is appended as one JSON line")
  @Nullable Path log;

  QuotaSettings quota() {
    return new QuotaSettings(
        new RateLimitTable(plan, limits), order, opening, settle, headers, reasons, coTenants);
  }

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

  FaultPlan faults() {
    return new FaultPlan(outages, overloadWait, timedFaults, faultRates, seed);
  }
}
