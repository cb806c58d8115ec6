package io.burnish.models;

import io.burnish.models.ModelWaits.CoolingDown;
import io.burnish.quota.Quotas;
import io.burnish.quota.limit.Grant;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Admits calls: which model takes the next ones, and how many. The first model in order of
 * preference is taken that is in no cooldown and has room in its quotas. When none has room, tells
 * how long the wait is. Thread-safe.
 */
@Singleton
public class Admission {

  /** Time between two looks while calls that probe a model are in flight. */
  private static final Duration PROBING = Duration.ofMillis(50);

  /** A call as large as a limit must wait for a full bucket, which refills no further meanwhile. */
  private static final double LARGEST_SHARE = 0.9;

  private final ModelChain chain;
  private final Quotas quotas;
  private final Calibration calibration;
  private final Denials denials;
  private final CurrentWait wait;

  Admission(ModelChain chain, Quotas quotas, Calibration calibration, Clock clock) {
    this.chain = chain;
    this.quotas = quotas;
    this.calibration = calibration;
    this.denials = new Denials(chain, clock);
    this.wait = new CurrentWait(new SharedWait(chain, quotas, clock), clock);
  }

  /**
   * Calls that are planned for a model.
   *
   * @param model its name
   * @param calls at most; over 0
   * @param tokensEach tokens that each is charged at admission
   */
  public record Plan(String model, int calls, long tokensEach) {}

  /**
   * What was admitted.
   *
   * @param model the model to call; empty text when none was admitted
   * @param calls how many; 0 when no model has room
   * @param tokensEach tokens reserved for each call
   * @param waitTime until a model has room; zero when calls were admitted
   * @param waitingFor what the calls wait for, in words; empty text when calls were admitted
   * @param neverFits whether a call of this size is larger than the limits of every model
   */
  public record Admitted(
      String model,
      int calls,
      long tokensEach,
      Duration waitTime,
      String waitingFor,
      boolean neverFits) {

    /** Nothing was admitted. */
    public static final Admitted NONE = denied(Duration.ZERO, "", false);

    /** Nothing was admitted: why, and for how long. */
    static Admitted denied(Duration waitTime, String waitingFor, boolean neverFits) {
      return new Admitted("", 0, 0, waitTime, waitingFor, neverFits);
    }

    /** Reserved in all. */
    public long tokens() {
      return calls * tokensEach;
    }
  }

  /**
   * What calls wait for.
   *
   * @param what in words
   * @param until the earliest time at which one may be made
   * @param outage whether the wait is an outage or needs a person, so that time alone may not help
   */
  public record Waiting(String what, Instant until, boolean outage) {}

  /**
   * The models that calls can be planned for, in order of preference: all that are configured and
   * not decommissioned.
   */
  public List<String> models() {
    return chain.models();
  }

  /**
   * Reserves calls of the first model that is in no cooldown and has room in its quotas. Calls that
   * are admitted and not sent are given back by {@link #refund}.
   *
   * @param plans a plan for each model that may be asked, in order of preference
   */
  public Admitted admit(List<Plan> plans) {
    wait.asked();
    List<String> usable = chain.usable();
    List<Plan> now = plans.stream().filter(plan -> usable.contains(plan.model())).toList();
    Optional<CoolingDown> coolingDown = denials.soonestCooldown(plans);
    Optional<Admitted> soonest = coolingDown.map(denials::of);
    for (Plan plan : now) {
      Admitted answer = admit(plan);
      if (answer.calls() > 0) {
        wait.admitted();
        return answer;
      }
      if (!answer.neverFits()) {
        soonest = Denials.sooner(soonest, answer);
      }
    }
    Admitted denied = soonest.orElseGet(() -> denials.of(now));
    wait.denied(
        denied,
        now.isEmpty()
            && coolingDown.map(model -> model.cooldown().cause().isOutage()).orElse(true));
    return denied;
  }

  private Admitted admit(Plan plan) {
    String model = plan.model();
    int calls = Math.min(plan.calls(), chain.slowStartLimit(model));
    if (calls <= 0) {
      return Admitted.denied(PROBING, model + ": calls that probe it are out", false);
    }
    Grant grant = quotas.reserve(model, calls, plan.tokensEach());
    if (grant.calls() > 0) {
      chain.began(model, grant.calls());
      return new Admitted(model, grant.calls(), plan.tokensEach(), Duration.ZERO, "", false);
    }
    return Admitted.denied(
        grant.waitTime(),
        model + ": " + grant.waitingFor().orElse("the limits are used up"),
        grant.tooLarge());
  }

  /**
   * What is charged at admission for a prompt that we count so, and an answer of at most so many
   * tokens.
   */
  public long charge(String model, int promptTokens, int answerTokens) {
    return calibration.tokens(model, promptTokens) + answerTokens;
  }

  /**
   * The most that one call to the model should be charged; {@code Long.MAX_VALUE}: no limit is
   * known.
   */
  public long largest(String model) {
    return quotas
        .largest(model)
        .map(limit -> (long) (limit * LARGEST_SHARE))
        .orElse(Long.MAX_VALUE);
  }

  /** Gives back admitted calls that are not sent, and {@code tokens} in all. */
  public void refund(String model, int calls, long tokens) {
    if (calls > 0) {
      chain.notSent(model, calls);
    }
    if (calls > 0 || tokens > 0) {
      quotas.refund(model, calls, tokens);
    }
  }

  /** Whether the first model that can be asked has no limits, so that nothing is reserved. */
  public boolean isUnlimited() {
    return chain.first().filter(quotas::isUnlimited).isPresent();
  }

  /** Writes the usage of calls that is not written yet, so that other replicas see it. */
  public void flush() {
    quotas.flush();
  }

  /** An answer was refused and the record is asked about again: fixed pacing waits before that. */
  public void invalid() {
    quotas.invalidAnswer();
  }

  /**
   * What the work waits for now; empty when it does not wait for a model. A replica whose worker is
   * off never asks for admission: it tells what the quotas in the database say.
   *
   * @throws io.burnish.database.DatabaseException when they can't be read
   */
  public Optional<Waiting> waiting() {
    return wait.now();
  }
}
