package io.burnish.models;

import io.burnish.quota.Grant;
import io.burnish.quota.Quotas;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who takes the next calls, and how many: the first model in order of preference that can be asked
 * and has room in its quotas. When none has, who is the soonest. Thread-safe.
 */
@Singleton
public class Admission {

  /** How long is waited for a person when no model is left. */
  private static final Duration NOBODY_LEFT = Duration.ofSeconds(30);

  /** How soon is looked again for the answers of calls that probe a model. */
  private static final Duration PROBING = Duration.ofMillis(50);

  /**
   * A call that fills a limit to the brim waits for a full bucket, and loses what drips over it.
   */
  private static final double LARGEST_SHARE = 0.9;

  private final ModelChain chain;
  private final Quotas quotas;
  private final Calibration calibration;
  private final Clock clock;
  private final SharedWait shared;
  private volatile Optional<Waiting> waiting = Optional.empty();
  private volatile boolean asked;

  Admission(ModelChain chain, Quotas quotas, Calibration calibration, Clock clock) {
    this.chain = chain;
    this.quotas = quotas;
    this.calibration = calibration;
    this.clock = clock;
    this.shared = new SharedWait(chain, quotas, clock);
  }

  /**
   * What is wished of a model.
   *
   * @param calls at most; over 0
   * @param tokensEach what each is charged at admission
   */
  public record Wish(int calls, long tokensEach) {}

  /**
   * What was admitted.
   *
   * @param model who may be called; empty text when nobody may
   * @param calls how many times; 0 when nobody has room
   * @param tokensEach reserved for each call
   * @param waitTime until somebody has room; zero when calls were admitted
   * @param waitingFor what is waited for, in words; empty text when calls were admitted
   * @param neverFits whether no model will ever have room for a call of this size
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

    /** Reserved in all. */
    public long tokens() {
      return calls * tokensEach;
    }
  }

  /**
   * What calls wait for.
   *
   * @param what in words
   * @param until the soonest that one may be made
   * @param outage whether somebody has to look, as time alone won't help
   */
  public record Waiting(String what, Instant until, boolean outage) {}

  /**
   * Reserves calls of the first model that has room. What is admitted and not begun is given back
   * by {@link #refund}.
   *
   * @param eligible which models may be asked
   * @param wish what is wished of a model
   */
  public Admitted admit(Predicate<String> eligible, Function<String, Wish> wish) {
    asked = true;
    List<String> usable = chain.usable().stream().filter(eligible).toList();
    Optional<Admitted> soonest = chain.firstRested(eligible).map(this::resting);
    for (String model : usable) {
      Wish wished = wish.apply(model);
      int calls = Math.min(wished.calls(), chain.trust(model));
      if (calls <= 0) {
        soonest = sooner(soonest, denied(PROBING, model + ": calls that probe it are out", false));
        continue;
      }
      Grant grant = quotas.reserve(model, calls, wished.tokensEach());
      if (grant.calls() > 0) {
        chain.began(model, grant.calls());
        waiting = Optional.empty();
        return new Admitted(model, grant.calls(), wished.tokensEach(), Duration.ZERO, "", false);
      }
      if (!grant.tooLarge()) {
        Admitted denied =
            denied(grant.waitTime(), model + ": " + grant.waitingFor().orElse("no room"), false);
        soonest = sooner(soonest, denied);
      }
    }
    Admitted denied = soonest.orElseGet(() -> nobody(usable));
    waiting =
        Optional.of(
            new Waiting(
                denied.waitingFor(),
                clock.instant().plus(denied.waitTime()),
                usable.isEmpty()
                    && chain
                        .firstRested(eligible)
                        .map(r -> r.rest().cause().isOutage())
                        .orElse(true)));
    return denied;
  }

  private static Optional<Admitted> sooner(Optional<Admitted> one, Admitted other) {
    return one.filter(s -> s.waitTime().compareTo(other.waitTime()) <= 0)
        .or(() -> Optional.of(other));
  }

  private Admitted resting(ModelChain.Resting model) {
    Duration rest = Duration.between(clock.instant(), model.rest().until());
    return denied(
        rest.isNegative() ? Duration.ZERO : rest,
        model.model() + ": " + model.rest().reason(),
        false);
  }

  private Admitted nobody(List<String> usable) {
    return usable.isEmpty()
        ? denied(NOBODY_LEFT, chain.availability().reason(), false)
        : denied(
            NOBODY_LEFT,
            "a call of this size is larger than the limit of tokens of every model: " + usable,
            true);
  }

  private static Admitted denied(Duration waitTime, String waitingFor, boolean neverFits) {
    return new Admitted("", 0, 0, waitTime, waitingFor, neverFits);
  }

  /**
   * What is charged at admission for a prompt that we count so, and an answer of at most so many
   * tokens.
   */
  public long charge(String model, int promptTokens, int answerTokens) {
    return calibration.tokens(model, promptTokens) + answerTokens;
  }

  /**
   * Most that one call to the model should be charged; {@code Long.MAX_VALUE}: no limit is known.
   */
  public long largest(String model) {
    return quotas
        .largest(model)
        .map(limit -> (long) (limit * LARGEST_SHARE))
        .orElse(Long.MAX_VALUE);
  }

  /** Gives back what was admitted and is not used: some calls, and tokens in all. */
  public void refund(String model, int calls, long tokens) {
    if (calls > 0) {
      chain.notSent(model, calls);
    }
    if (calls > 0 || tokens > 0) {
      quotas.refund(model, calls, tokens);
    }
  }

  /** Whether the model that would be asked first has no limits, so that nothing is reserved. */
  public boolean isUnlimited() {
    return chain.first().filter(quotas::isUnlimited).isPresent();
  }

  /** Writes what calls used and is not written yet, so that other replicas know. */
  public void flush() {
    quotas.flush();
  }

  /** An answer was no good and is asked for again: fixed pacing waits for that. */
  public void invalid() {
    quotas.invalidAnswer();
  }

  /**
   * What work waits for just now; empty when it does not wait for a model. A replica whose worker
   * never asked, as it is off, tells what the quotas in the database say.
   *
   * @throws io.burnish.database.DatabaseException when they can't be read
   */
  public Optional<Waiting> waiting() {
    return asked ? waiting.filter(w -> w.until().isAfter(clock.instant())) : shared.now();
  }
}
