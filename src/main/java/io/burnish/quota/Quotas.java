package io.burnish.quota;

import io.burnish.database.Sql;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The door of this room: what each model has room for. Over all replicas, one row a model; exact,
 * because a call is reserved before it is sent and settled after it was answered. Thread-safe.
 *
 * <p>Each call that {@link #reserve} grants must end in exactly one of {@link #refund}, {@link
 * #settle}, {@link #refused} and {@link #unanswered}. One that never does, for its process died, is
 * forgotten after three minutes.
 *
 * <p>All methods that speak to the database throw {@link io.burnish.database.DatabaseException}
 * when it does not answer; what became of calls is kept then, and written later.
 */
@Singleton
public class Quotas {

  private static final Logger LOG = Logger.getLogger(Quotas.class);

  private final Sql sql;
  private final UnhurriedSql unhurried;
  private final QuotaConfig config;
  private final AdaptivePacing adaptive;
  private final Pacing pacing;

  Quotas(Sql sql, QuotaConfig config) {
    this.sql = sql;
    this.unhurried = new UnhurriedSql(sql);
    this.config = config;
    this.adaptive = new AdaptivePacing(sql, config.plan() == Plan.AUTO);
    this.pacing =
        switch (config.pacing()) {
          case ADAPTIVE -> adaptive;
          case FIXED -> new FixedPacing(sql, config.fixed());
        };
  }

  /**
   * Makes sure that each model has a row; what is known of one from before is kept.
   *
   * @param unlimitedByDefault whether the models have no limits unless a plan or limits are named
   * @throws IllegalArgumentException when the configured limits can't be read
   */
  public void open(List<String> models, boolean unlimitedByDefault) {
    Map<String, Limits> known = config.limits().map(KnownLimits::parse).orElse(Map.of());
    Plan plan = config.plan() == Plan.AUTO && unlimitedByDefault ? Plan.UNLIMITED : config.plan();
    for (String model : models) {
      Optional<Limits> configured = Optional.ofNullable(known.get(model));
      Limits limits = configured.or(() -> PlanTable.of(plan, model)).orElse(Limits.NONE);
      if (configured.isEmpty() && plan == Plan.UNLIMITED) {
        adaptive.unlimited(model);
      }
      LOG.infof(
          "Model %s: limits %s (requests a minute / a day / tokens a minute / a day), %s",
          model, limits, configured.isPresent() ? "as configured" : "by plan " + plan);
      String learned = configured.isPresent() ? Learning.CONFIGURED : Learning.PLAN;
      unhurried.run(connection -> QuotaRows.open(connection, model, limits, learned));
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
   * @param used tokens that it was charged: prompt without cached ones, and completion
   * @param seen what the response tells
   */
  public void settle(String model, long reserved, long used, Seen seen) {
    pacing.answered(model, reserved, used, seen);
  }

  /** A call was refused by a limit: it used nothing, and the refusal tells something. */
  public void refused(String model, long reserved, Refusal refusal) {
    pacing.refused(model, reserved, refusal);
  }

  /** A call was larger than the limit of tokens a minute, which is told. */
  public void tooLarge(String model, double limit) {
    unhurried.run(connection -> Learning.tooLarge(connection, model, limit));
    pacing.changed();
  }

  /**
   * A call brought no answer.
   *
   * @param maybeCharged whether it may have used its tokens all the same
   */
  public void unanswered(String model, long reserved, boolean maybeCharged) {
    pacing.unanswered(model, reserved, maybeCharged);
  }

  /** An answer was no good: in fixed pacing the next call waits as long as a retry does. */
  public void invalid() {
    pacing.invalid();
  }

  /** Nothing is sent to a model for so long, by any replica. */
  public void pause(String model, Duration pause, String reason) {
    unhurried.run(connection -> Learning.pause(connection, model, pause, reason));
    pacing.changed();
  }

  /** Forgets the pause of a model. */
  public void forget(String model) {
    unhurried.run(connection -> Learning.resume(connection, model));
    pacing.changed();
  }

  /** Most tokens that one call can have under the limits as they are known; empty: no limit. */
  public Optional<Double> largest(String model) {
    return pacing.largest(model);
  }

  /** The quotas of all models that were ever asked, as they are now. */
  public List<ModelQuota> all() {
    flush();
    return sql.run(QuotaRows::all);
  }

  /** Writes what became of calls and is not written yet. */
  public void flush() {
    pacing.flush();
  }

  void stop(@Observes ShutdownEvent event) {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warnf("What the last calls used could not be written: %s", e.getMessage());
    }
  }
}
