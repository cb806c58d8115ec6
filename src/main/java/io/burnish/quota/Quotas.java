package io.burnish.quota;

import io.burnish.database.Sql;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.burnish.quota.fixed.FixedDelayPermit;
import io.burnish.quota.fixed.FixedPacing;
import io.burnish.quota.learn.Refill;
import io.burnish.quota.learn.ThrottleLearning;
import io.burnish.quota.limit.Charge;
import io.burnish.quota.limit.ConfiguredLimits;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.InitialLimits;
import io.burnish.quota.limit.Limits;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.quota.limit.Pacing;
import io.burnish.quota.limit.Plan;
import io.burnish.quota.limit.QuotaConfig;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import io.burnish.quota.store.QuotaStore;
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
 * The quotas of all models over all replicas: one row for each address and model. Exact, because a
 * call is reserved before it is sent and settled after its answer. Thread-safe.
 *
 * <p>Each call that {@link #reserve} grants must end in exactly one of {@link #refund}, {@link
 * #settle}, {@link #throttled} and {@link #failed}. Otherwise its reservation expires: 30 seconds
 * after its process died, or after 3 minutes without a call of this replica.
 *
 * <p>While the database does not answer, {@link #refund}, {@link #settle}, {@link #throttled},
 * {@link #tooLarge}, {@link #failed}, {@link #invalidAnswer}, {@link #pause} and {@link #flush}
 * keep their change, log one line, and write it later. The other methods throw {@link
 * io.burnish.database.DatabaseException}.
 */
@Singleton
public class Quotas {

  private static final Logger LOG = Logger.getLogger(Quotas.class);

  /** Interval of lease renewals; well below {@link Refill#LEASE_SECONDS}. */
  private static final Duration RENEWAL = Duration.ofSeconds(3);

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
    this.loop = new Periodic("quota-renewal", RENEWAL, this::renew, watch);
    loop.start();
  }

  private void renew() {
    try {
      pacing.renew();
      store.renew();
    } catch (RuntimeException e) {
      LOG.warnf(e, "Cannot renew the quota lease of calls in flight; retry in %s", RENEWAL);
    }
  }

  /**
   * Creates the rows of the models; existing rows are kept.
   *
   * @param endpoint address of the provider, without secrets; what is learned is valid for it alone
   * @param unlimitedByDefault whether models without a named plan or limits are unlimited
   * @throws IllegalArgumentException if {@code BURNISH_LIMITS} cannot be read
   */
  public void open(String endpoint, List<String> models, boolean unlimitedByDefault) {
    Map<String, Limits> known = config.limits().map(ConfiguredLimits::parse).orElse(Map.of());
    Plan plan = config.plan() == Plan.AUTO && unlimitedByDefault ? Plan.UNLIMITED : config.plan();
    for (String model : models) {
      InitialLimits initial =
          InitialLimits.of(endpoint, model, Optional.ofNullable(known.get(model)), plan);
      LOG.infof(
          "Model %s: rate limits %s (requests per minute / per day / tokens per minute / per day), %s",
          model, initial.limits(), known.containsKey(model) ? "as configured" : "by plan " + plan);
      store.open(initial);
    }
  }

  /**
   * Reserves calls.
   *
   * @param calls at most; greater than 0
   * @param tokensEach tokens that the provider charges for each at admission: prompt and largest
   *     answer
   */
  public Grant reserve(String model, int calls, long tokensEach) {
    return pacing.reserve(model, calls, tokensEach);
  }

  /** Whether nothing of the model is reserved, because it has no limits. */
  public boolean isUnlimited(String model) {
    return pacing.isUnlimited(model);
  }

  /** Gives back the requests and tokens of calls that were not sent. */
  public void refund(String model, int calls, long tokens) {
    pacing.refund(model, calls, tokens);
  }

  /**
   * Settles a call that was answered.
   *
   * @param reserved tokens that were reserved for it
   * @param used charged tokens: prompt without cached tokens, and completion. An implausible number
   *     is replaced by {@code reserved}
   * @param observation the rate limits in the response
   */
  public void settle(String model, long reserved, long used, RateLimitObservation observation) {
    pacing.settle(model, reserved, used, observation);
  }

  /** A call got a 429: it used nothing. */
  public void throttled(String model, long reserved, ThrottleNotice notice) {
    pacing.throttled(model, reserved, notice);
  }

  /** A call was larger than the limit of tokens per minute, which the provider named. */
  public void tooLarge(String model, double limit) {
    store.update(
        model, (connection, row, age) -> ThrottleLearning.tooLarge(connection, row, limit));
    pacing.invalidateCache();
  }

  /**
   * A call got no answer.
   *
   * @param charge whether the provider charged its tokens
   */
  public void failed(String model, long reserved, Charge charge) {
    pacing.failed(model, reserved, charge);
  }

  /** An answer was invalid: with fixed pacing the next call waits for the retry delay. */
  public void invalidAnswer() {
    pacing.invalidAnswer();
  }

  /** Pauses a model for all replicas; while the database does not answer, for this replica. */
  public void pause(String model, Duration pause, String reason) {
    pacing.pause(model, pause, reason);
    store.update(
        model,
        (connection, row, age) ->
            ThrottleLearning.pause(connection, row, pause.minus(age), reason));
  }

  /**
   * Deletes all that was learned of a model at its address, for all replicas: limits, levels,
   * pauses, and whether it reports limits. The assumptions of the start apply again.
   *
   * @throws IllegalStateException if the model was not opened
   */
  public void reset(String model) {
    store.reset(model);
    pacing.reset(model);
  }

  /**
   * Most tokens of one call: the smallest limit of tokens, confirmed or assumed; empty: no limit is
   * known.
   */
  public Optional<Double> largest(String model) {
    return pacing.largest(model);
  }

  /** The current quotas of all opened models. */
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

  /** Writes pending changes, if the database takes them. */
  public void flush() {
    store.flush();
    pacing.flush();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
    flush();
  }
}
