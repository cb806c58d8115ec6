package io.burnish.simulator.limits;

import io.burnish.simulator.model.KnownModel;
import java.util.Map;

/**
 * The limits of every model.
 *
 * @param plan gives the limits of the models that {@code byModel} does not name
 * @param byModel by bare name; {@code *} for every other one
 */
public record RateLimitTable(SimulatedPlan plan, Map<String, RateLimits> byModel) {

  private static final String EVERY_OTHER = "*";

  /** The limits of a model. */
  public RateLimits of(String model) {
    RateLimits named = byModel.get(KnownModel.bare(model));
    return named != null ? named : byModel.getOrDefault(EVERY_OTHER, plan.limits(model));
  }
}
