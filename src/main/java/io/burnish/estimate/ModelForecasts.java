package io.burnish.estimate;

import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.dispatch.plan.Packer;
import io.burnish.estimate.RecentCalls.Recent;
import io.burnish.models.health.ModelStatus;
import io.burnish.models.health.ModelStatuses;
import io.burnish.profile.Profiles;
import io.burnish.quota.QuotaForecast;
import io.burnish.quota.Quotas;
import io.burnish.quota.limit.ModelQuota;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Forecasts the calls of each model that is not decommissioned. Thread-safe. */
@Singleton
class ModelForecasts {

  private final CallPlanner planner;
  private final Quotas quotas;
  private final ModelStatuses statuses;
  private final RecentCalls recentCalls;
  private final Clock clock;

  ModelForecasts(
      CallPlanner planner,
      Quotas quotas,
      ModelStatuses statuses,
      RecentCalls recentCalls,
      Clock clock) {
    this.planner = planner;
    this.quotas = quotas;
    this.statuses = statuses;
    this.recentCalls = recentCalls;
    this.clock = clock;
  }

  /** The models in order of preference, for prompts and records of these sizes. */
  List<ModelForecast> of(Packer.Sizes sizes) {
    Map<String, ModelQuota> quotaOf =
        quotas.all().stream().collect(Collectors.toMap(ModelQuota::model, Function.identity()));
    Map<String, Recent> recent = recentCalls.byModel();
    Instant now = clock.instant();
    return statuses.all().stream()
        .filter(status -> !status.decommissioned() && quotaOf.containsKey(status.model()))
        .map(
            status ->
                forecast(
                    status,
                    QuotaForecast.of(quotaOf.get(status.model()), now),
                    experience(recent, status.model()),
                    sizes))
        .toList();
  }

  /** A model without a history is taken to be like the others. */
  private static Experience experience(Map<String, Recent> recent, String model) {
    @Nullable Recent own = recent.get(model);
    return own != null
        ? Experience.of(own)
        : recent.values().stream()
            .reduce(ModelForecasts::sum)
            .map(Experience::of)
            .orElseGet(() -> Experience.assumed(Profiles.largestSizes()));
  }

  private static Recent sum(Recent one, Recent other) {
    return new Recent(
        one.calls() + other.calls(),
        one.records() + other.records(),
        one.completionTokens() + other.completionTokens(),
        one.cachedTokens() + other.cachedTokens(),
        one.latencyMillis() + other.latencyMillis(),
        one.judged() + other.judged(),
        one.refused() + other.refused());
  }

  private ModelForecast forecast(
      ModelStatus status, QuotaForecast quota, Experience experience, Packer.Sizes sizes) {
    String model = status.model();
    Packer.Plan plan = planner.plan(model, sizes);
    double frame = planner.promptTokens(model, sizes.frame());
    int largest = sizes.frame() + (int) Math.ceil(plan.records() * sizes.each());
    double each = (planner.promptTokens(model, largest) - frame) / plan.records();
    double reservedOne = planner.charge(model, 0, 1);
    double reservedEach = planner.charge(model, 0, 2) - reservedOne;
    // Without limits a plan bounds the prompt by the context only, and nothing is charged.
    int planned = Math.min(plan.promptTokens(), (int) Math.ceil(largest * 1.3));
    return new ModelForecast(
        model,
        quota,
        status
            .cooldownUntil()
            .map(until -> Duration.between(clock.instant(), until).toMillis() / 1e3)
            .orElse(0.0),
        plan.records(),
        planner.charge(model, planned, plan.records()),
        frame,
        each,
        reservedOne - reservedEach,
        reservedEach,
        experience);
  }
}
