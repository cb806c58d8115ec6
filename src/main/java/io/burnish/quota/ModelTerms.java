package io.burnish.quota;

import java.util.Optional;

/**
 * What holds for a model before its provider tells anything.
 *
 * @param endpoint the address that the model is asked at; what is learned belongs to it
 * @param model its name
 * @param limits to begin with
 * @param source who says so
 */
record ModelTerms(String endpoint, String model, Limits limits, Source source) {

  /** Who says what the limits are. */
  enum Source {
    /** {@code BURNISH_LIMITS}: they hold, whatever the provider tells. */
    CONFIGURED,
    /** {@code BURNISH_PLAN} names a plan: it holds until the provider tells other limits. */
    NAMED_PLAN,
    /**
     * {@code auto}: the free plan is a guess, given up for what the provider tells, or does not.
     */
    GUESSED_PLAN,
    /** Nothing is limited, and nothing reserved. */
    UNLIMITED
  }

  /** The terms of a model; {@code configured} is empty where {@code BURNISH_LIMITS} has none. */
  static ModelTerms of(String endpoint, String model, Optional<Limits> configured, Plan plan) {
    Source source =
        switch (plan) {
          case AUTO -> Source.GUESSED_PLAN;
          case FREE, DEVELOPER -> Source.NAMED_PLAN;
          case UNLIMITED -> Source.UNLIMITED;
        };
    return new ModelTerms(
        endpoint,
        model,
        configured.or(() -> PlanTable.of(plan, model)).orElse(Limits.NONE),
        configured.isPresent() ? Source.CONFIGURED : source);
  }

  /** Whether the limits are a guess that is given up when the provider tells none. */
  boolean isGuess() {
    return source == Source.GUESSED_PLAN;
  }

  /** The word for where the limits are from. */
  String learned() {
    return source == Source.CONFIGURED ? LimitLearning.CONFIGURED : LimitLearning.PLAN;
  }
}
