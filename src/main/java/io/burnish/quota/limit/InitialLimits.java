package io.burnish.quota.limit;

import java.util.Optional;

/**
 * The limits of a model before its provider reports any.
 *
 * @param endpoint address of the provider; what is learned is valid for it alone
 * @param model name of the model
 * @param limits the first limits
 * @param source where they are from
 */
public record InitialLimits(String endpoint, String model, Limits limits, Source source) {

  /** Where limits are from. */
  public enum Source {
    /** {@code BURNISH_LIMITS}: the provider does not change them. */
    CONFIGURED,
    /** {@code BURNISH_PLAN} names a plan: valid until the provider reports other limits. */
    NAMED_PLAN,
    /**
     * {@code auto}: the free plan is assumed until the provider reports limits, or answers without
     * any.
     */
    ASSUMED_PLAN,
    /** No limits; nothing is reserved. */
    UNLIMITED
  }

  /**
   * The limits of a model; {@code configured} is empty if {@code BURNISH_LIMITS} does not name it.
   */
  public static InitialLimits of(
      String endpoint, String model, Optional<Limits> configured, Plan plan) {
    Source source =
        switch (plan) {
          case AUTO -> Source.ASSUMED_PLAN;
          case FREE, DEVELOPER -> Source.NAMED_PLAN;
          case UNLIMITED -> Source.UNLIMITED;
        };
    return new InitialLimits(
        endpoint,
        model,
        configured.or(() -> PlanTable.of(plan, model)).orElse(Limits.NONE),
        configured.isPresent() ? Source.CONFIGURED : source);
  }

  /** Whether the limits are dropped if the provider reports none. */
  public boolean isAssumed() {
    return source == Source.ASSUMED_PLAN;
  }

  /** The {@link LimitSource} of these limits. */
  public String learned() {
    return source == Source.CONFIGURED ? LimitSource.CONFIGURED : LimitSource.PLAN;
  }
}
