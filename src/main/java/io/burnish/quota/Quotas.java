package io.burnish.quota;

import io.burnish.database.Sql;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The door of this room: what each model has room for. Over all replicas, one row for each address
 * and model; exact, because a call is reserved before it is sent and settled after it was answered.
 * Thread-safe.
 *
 * <p>Each call that {@link #reserve} grants must end in exactly one of {@link #refund}, {@link
 * #settle}, {@link #throttled} and {@link #failed}. One that never does is forgotten: half a minute
 * after its process died, or when this replica made no call for three minutes.
 *
 * <p>What became of calls is never refused: while the database does not answer, {@link #refund},
 * {@link #settle}, {@link #throttled}, {@link #tooLarge}, {@link #failed}, {@link #invalidAnswer},
 * {@link #pause} and {@link #flush} keep it, log one line, and write it later. The other methods
 * that speak to the database throw {@link io.burnish.database.DatabaseException}.
 */
@Singleton
public class Quotas {

  private static final Logger LOG = Logger.getLogger(Quotas.class);

  /** How often is said what is in flight: well within the time that others believe it. */
  private static final Duration KEEP_UP = Duration.ofSeconds(3);

  private final QuotaConfig config;
  private final QuotaStore store;
  private final Pacing pacing;
  private final Periodic loop;

  Quotas(Sql sql, QuotaConfig config, LoopWatch watch) {
    this.config = config;
    this.store = new QuotaStore(sql::run, System::nanoTime);
    this.pacing =
        switch (config.pacing()) {
          case ADAPTIVE -> new AdaptivePacing(store, System::nanoTime);
          case FIXED ->
              new FixedPacing(
                  sql::run,
                  config.fixed(),
                  new FixedDelayPermit(UUID.randomUUID(), config.fixed().modelSwitch()),
                  System::nanoTime);
        };
    this.loop = new Periodic("quota-keep-up", KEEP_UP, this::keepUp, watch);
    loop.start();
  }

  private void keepUp() {
    try {
      pacing.keepUp();
      store.keepUp();
    } catch (RuntimeException e) {
      LOG.warnf(e, "Other replicas were not told which calls are in flight; again in %s", KEEP_UP);
    }
  }

  /**
   * Makes sure that each model has a row; what is known of one from before is kept.
   *
   * @param endpoint the address that the models are asked at, without secrets: what is learned at
   *     one address is not used at another
   * @param unlimitedByDefault whether the models have no limits unless a plan or limits are named
   * @throws IllegalArgumentException when the configured limits can't be read
   */
  public void open(String endpoint, List<String> models, boolean unlimitedByDefault) {
    Map<String, Limits> known = config.limits().map(ConfiguredLimits::parse).orElse(Map.of());
    Plan plan = config.plan() == Plan.AUTO && unlimitedByDefault ? Plan.UNLIMITED : config.plan();
    for (String model : models) {
      ModelTerms terms =
          ModelTerms.of(endpoint, model, Optional.ofNullable(known.get(model)), plan);
      LOG.infof(
          "Model %s: limits %s (requests a minute / a day / tokens a minute / a day), %s",
          model, terms.limits(), known.containsKey(model) ? "as configured" : "by plan " + plan);
      store.open(terms);
    }
  }

  /**
   * Reserves calls.
   *
   * @param calls wanted at most; over 0
   * @param tokensEach what the provider charges each at admission: prompt and largest answer
   */
  public Grant reserve(String model, int calls, long tokensEach) {
    return pacing.reserve(model, calls, tokensEach);
  }

  /** Whether nothing of the model is reserved, as it has no limits. */
  public boolean isUnlimited(String model) {
    return pacing.isUnlimited(model);
  }

  /** Calls were not sent: gives back requests and tokens. */
  public void refund(String model, int calls, long tokens) {
    pacing.unsent(model, calls, tokens);
  }

  /**
   * A call was answered.
   *
   * @param reserved tokens that were reserved for it
   * @param used tokens that it was charged: prompt without cached ones, and completion; a number
   *     that can't be counts as what was reserved
   * @param seen what the response tells
   */
  public void settle(String model, long reserved, long used, RateLimitObservation seen) {
    pacing.answered(model, reserved, used, seen);
  }

  /** A call was refused by a limit: it used nothing, and the refusal tells something. */
  public void throttled(String model, long reserved, ThrottleNotice refusal) {
    pacing.refused(model, reserved, refusal);
  }

  /** A call was larger than the limit of tokens a minute, which is told. */
  public void tooLarge(String model, double limit) {
    store.tell(model, (connection, row, age) -> LimitLearning.tooLarge(connection, row, limit));
    pacing.changed();
  }

  /**
   * A call brought no answer.
   *
   * @param charge whether it used its tokens all the same
   */
  public void failed(String model, long reserved, Charge charge) {
    pacing.unanswered(model, reserved, charge);
  }

  /** An answer was no good: in fixed pacing the next call waits as long as a retry does. */
  public void invalidAnswer() {
    pacing.invalid();
  }

  /**
   * Nothing is sent to a model for so long, by any replica. While the database does not answer, at
   * least this replica keeps to it.
   */
  public void pause(String model, Duration pause, String reason) {
    pacing.paused(model, pause, reason);
    store.tell(
        model,
        (connection, row, age) -> LimitLearning.pause(connection, row, pause.minus(age), reason));
  }

  /**
   * Everything that was learned of a model at its address is forgotten, for all replicas: limits,
   * levels, pauses, and whether it tells limits. What is assumed at start holds again.
   *
   * @throws IllegalStateException when the model was not opened
   */
  public void reset(String model) {
    store.forget(model);
    pacing.forgotten(model);
  }

  /**
   * Most tokens that one call can have: the smallest limit that was told, or the assumed plan's as
   * a guide; empty: no limit is known.
   */
  public Optional<Double> largest(String model) {
    return pacing.largest(model);
  }

  /** The quotas of all models that were opened, as they are now. */
  public List<ModelQuota> all() {
    flush();
    return store.all().stream().map(quota -> quota.withPacing(pacing(quota))).toList();
  }

  private ModelQuota.PacingMode pacing(ModelQuota quota) {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      return ModelQuota.PacingMode.FIXED;
    }
    return isUnlimited(quota.model()) ? ModelQuota.PacingMode.UNLIMITED : quota.pacing();
  }

  /** Writes what became of calls and is not written yet, if the database takes it. */
  public void flush() {
    store.flush();
    pacing.flush();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
    flush();
  }
}
