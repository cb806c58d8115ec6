package io.burnish.quota;

import io.burnish.database.Sql;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Levels may lose the last moments in a crash of the database; nothing else depends on them. */
  private static final String UNHURRIED = "SET LOCAL synchronous_commit = off";

  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Sql sql;
  private final QuotaConfig config;
  private final FixedPacing fixed;
  private final Pending pending = new Pending();
  private final Map<String, Seen> lastTold = new ConcurrentHashMap<>();
  private final Set<String> unlimited = ConcurrentHashMap.newKeySet();
  private volatile Map<String, ModelQuota> shown = Map.of();
  private volatile long shownAt;

  Quotas(Sql sql, QuotaConfig config) {
    this.sql = sql;
    this.config = config;
    this.fixed = new FixedPacing(config.fixed());
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
        unlimited.add(model);
      }
      LOG.infof(
          "Model %s: limits %s (requests a minute / a day / tokens a minute / a day), %s",
          model, limits, configured.isPresent() ? "as configured" : "by plan " + plan);
      String learned = configured.isPresent() ? Learning.CONFIGURED : Learning.PLAN;
      run(connection -> QuotaRows.open(connection, model, limits, learned));
    }
  }

  /**
   * Reserves calls.
   *
   * @param calls wanted at most; over 0
   * @param tokensEach what the provider charges each at admission: prompt and largest answer
   */
  public Grant reserve(String model, int calls, long tokensEach) {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      return sql.run(connection -> fixed.take(connection, model));
    }
    if (unlimited.contains(model)) {
      return unlessPaused(model, calls);
    }
    Optional<Pending.Sum> settled = pending.take(model);
    try {
      return sql.run(
          connection -> {
            unhurried(connection);
            if (settled.isPresent()) {
              SettleStatement.settle(connection, model, settled.get(), System.nanoTime());
            }
            return ReserveStatement.reserve(connection, model, calls, Math.max(1, tokensEach));
          });
    } catch (RuntimeException e) {
      settled.ifPresent(sum -> pending.putBack(model, sum));
      throw e;
    }
  }

  /** Without limits there is nothing to reserve; but whoever rests, rests everywhere. */
  private Grant unlessPaused(String model, int calls) {
    ModelQuota quota = recent().get(model);
    Optional<Duration> pause =
        quota == null
            ? Optional.empty()
            : quota.pausedUntil().map(until -> Duration.between(java.time.Instant.now(), until));
    return pause
        .filter(rest -> !rest.isNegative() && !rest.isZero())
        .map(rest -> Grant.denied(rest, quota.pauseReason().orElse("paused")))
        .orElseGet(() -> Grant.of(calls));
  }

  /** Calls were not sent: gives back requests and tokens. */
  public void refund(String model, int calls, long tokens) {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      if (calls > 0) {
        run(fixed::untake);
      }
    } else if (isCounted(model)) {
      pending.ended(model, calls, tokens, new Pending.Back(true, true));
    }
  }

  /**
   * A call was answered.
   *
   * @param reserved tokens that were reserved for it
   * @param used tokens that it was charged: prompt without cached ones, and completion
   * @param seen what the response tells
   */
  public void settle(String model, long reserved, long used, Seen seen) {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      run(fixed::answered);
      return;
    }
    if (!isCounted(model)) {
      return;
    }
    pending.answered(model, reserved, used, seen);
    if (!seen.tellsNothing() && !seen.tellsTheLimitsOf(lastTold.put(model, seen))) {
      run(connection -> Learning.told(connection, model, seen, config.plan() == Plan.AUTO));
      forgetShown();
    }
  }

  /** A call was refused by a limit: it used nothing, and the refusal tells something. */
  public void refused(String model, long reserved, Refusal refusal) {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      run(fixed::refused);
      return;
    }
    if (isCounted(model)) {
      pending.ended(model, 1, reserved, new Pending.Back(true, true));
      flush();
    }
    run(connection -> Learning.refused(connection, model, refusal));
    forgetShown();
  }

  /** A call was larger than the limit of tokens a minute, which is told. */
  public void tooLarge(String model, double limit) {
    run(connection -> Learning.tooLarge(connection, model, limit));
    forgetShown();
  }

  /**
   * A call brought no answer.
   *
   * @param maybeCharged whether it may have used its tokens all the same
   */
  public void unanswered(String model, long reserved, boolean maybeCharged) {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      run(fixed::unanswered);
    } else if (isCounted(model)) {
      pending.ended(model, 1, reserved, new Pending.Back(false, !maybeCharged));
    }
  }

  /** An answer was no good: in fixed pacing the next call waits as long as a retry does. */
  public void invalid() {
    if (config.pacing() == QuotaConfig.Pace.FIXED) {
      run(fixed::invalid);
    }
  }

  /** Nothing is sent to a model for so long, by any replica. */
  public void pause(String model, Duration pause, String reason) {
    run(connection -> Learning.pause(connection, model, pause, reason));
    forgetShown();
  }

  /** Most tokens that one call can have under the limits as they are known; empty: no limit. */
  public Optional<Double> largest(String model) {
    if (config.pacing() == QuotaConfig.Pace.FIXED || unlimited.contains(model)) {
      return Optional.empty();
    }
    ModelQuota quota = recent().get(model);
    return quota == null
        ? Optional.empty()
        : quota.buckets().entrySet().stream()
            .filter(bucket -> bucket.getKey().countsTokens())
            .map(bucket -> bucket.getValue().limit())
            .min(Double::compare);
  }

  /** The quotas of all models that were ever asked, as they are now. */
  public List<ModelQuota> all() {
    flush();
    return sql.run(QuotaRows::all);
  }

  /** Writes what became of calls and is not written yet. */
  public void flush() {
    Map<String, Pending.Sum> all = new HashMap<>(pending.takeAll());
    try {
      while (!all.isEmpty()) {
        Map.Entry<String, Pending.Sum> next = all.entrySet().iterator().next();
        run(
            connection ->
                SettleStatement.settle(
                    connection, next.getKey(), next.getValue(), System.nanoTime()));
        all.remove(next.getKey());
      }
    } finally {
      all.forEach(pending::putBack);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warnf("What the last calls used could not be written: %s", e.getMessage());
    }
  }

  private boolean isCounted(String model) {
    return !unlimited.contains(model);
  }

  /** The rows, a second old at the most: limits and pauses change rarely. */
  private Map<String, ModelQuota> recent() {
    long now = System.nanoTime();
    if (shown.isEmpty() || now - shownAt > FRESH_NANOS) {
      Map<String, ModelQuota> fresh = new HashMap<>();
      sql.run(QuotaRows::all).forEach(quota -> fresh.put(quota.model(), quota));
      shown = fresh;
      shownAt = now;
    }
    return shown;
  }

  private void forgetShown() {
    shown = Map.of();
  }

  /** Work without a result. */
  @FunctionalInterface
  private interface Statements {
    void on(Connection connection) throws SQLException;
  }

  private void run(Statements statements) {
    sql.run(
        connection -> {
          unhurried(connection);
          statements.on(connection);
          return true;
        });
  }

  private static void unhurried(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(UNHURRIED);
    }
  }
}
