package io.burnish.simulator.settings;

import io.burnish.simulator.limits.CoTenant;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.limits.QuotaSettings;
import io.burnish.simulator.limits.RateLimitTable;
import io.burnish.simulator.limits.RateLimits;
import io.burnish.simulator.limits.SimulatedPlan;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options about rate limits and what is told of them. Filled in by picocli. */
final class QuotaOptions {

  @Option(
      names = "--plan",
      defaultValue = "unlimited",
      description =
          "free, developer or unlimited: the limits of models that --limits does not name")
  SimulatedPlan plan;

  @Option(
      names = "--limits",
      split = OptionConverters.GROUPS,
      description =
          "model=rpm/rpd/tpm/tpd, several separated by ';', '*' for every other model, '-' for"
              + " none")
  Map<String, RateLimits> limits = Map.of();

  @Option(
      names = "--order",
      split = OptionConverters.LIST,
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
      split = OptionConverters.GROUPS,
      description =
          "share%%/tokens@from..to: another caller of the same organization; several separated by"
              + " ';'")
  List<CoTenant> coTenants = List.of();

  /** The settings that they give. */
  QuotaSettings settings() {
    return new QuotaSettings(
        new RateLimitTable(plan, limits), order, opening, settle, headers, reasons, coTenants);
  }
}
