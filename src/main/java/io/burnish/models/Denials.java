package io.burnish.models;

import io.burnish.models.Admission.Admitted;
import io.burnish.models.Admission.Plan;
import io.burnish.models.ModelWaits.CoolingDown;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What planned calls wait for when no model takes them. Thread-safe. */
final class Denials {

  /** Time between two looks while no model is left, until a person changes the configuration. */
  private static final Duration NO_MODEL_LEFT = Duration.ofSeconds(30);

  private final ModelChain chain;
  private final Clock clock;

  Denials(ModelChain chain, Clock clock) {
    this.chain = chain;
    this.clock = clock;
  }

  /** The cooldown that ends first of those of the planned models. */
  Optional<CoolingDown> soonestCooldown(List<Plan> plans) {
    Set<String> models = plans.stream().map(Plan::model).collect(Collectors.toSet());
    return chain.waits().soonestCooldown(models::contains);
  }

  /** The answer with the shorter wait. */
  static Optional<Admitted> sooner(Optional<Admitted> one, Admitted other) {
    return one.filter(s -> s.waitTime().compareTo(other.waitTime()) <= 0)
        .or(() -> Optional.of(other));
  }

  /** All planned models are in a cooldown; this one ends first. */
  Admitted of(CoolingDown model) {
    Duration left = Duration.between(clock.instant(), model.cooldown().until());
    return Admitted.denied(
        left.isNegative() ? Duration.ZERO : left,
        model.model() + ": " + model.cooldown().reason(),
        false);
  }

  /** No planned model can be called, or a call is larger than the limits of all of these. */
  Admitted of(List<Plan> usable) {
    return usable.isEmpty()
        ? Admitted.denied(NO_MODEL_LEFT, chain.waits().availability().reason(), false)
        : Admitted.denied(
            NO_MODEL_LEFT,
            "a call of this size is larger than the limit of tokens of every model: "
                + usable.stream().map(Plan::model).toList(),
            true);
  }
}
