package io.burnish.quota;

import io.burnish.database.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls as the provider's limits have room for them, as far as they are known. Exact, because a
 * call is reserved before it is sent and settled after it was answered. What became of calls is
 * written with the next reservation, or by {@link #flush}. Thread-safe.
 */
final class AdaptivePacing implements Pacing {

  private final UnhurriedSql sql;
  private final boolean findsThePlan;
  private final RecentQuotas recent;
  private final Pending pending = new Pending();
  private final Map<String, Seen> lastTold = new ConcurrentHashMap<>();
  private final Set<String> unlimited = ConcurrentHashMap.newKeySet();

  /**
   * A pacing without unlimited models.
   *
   * @param findsThePlan whether what responses tell says which plan this is
   */
  AdaptivePacing(Sql sql, boolean findsThePlan) {
    this.sql = new UnhurriedSql(sql);
    this.findsThePlan = findsThePlan;
    this.recent = new RecentQuotas(sql);
  }

  /** Nothing of the model is reserved from now on. */
  void unlimited(String model) {
    unlimited.add(model);
  }

  @Override
  public Grant reserve(String model, int calls, long tokensEach) {
    if (isUnlimited(model)) {
      return unlessPaused(model, calls);
    }
    Optional<Pending.Sum> settled = pending.take(model);
    try {
      return sql.call(
          connection -> {
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
    Optional<ModelQuota> quota = recent.of(model);
    return quota
        .flatMap(ModelQuota::pausedUntil)
        .map(until -> Duration.between(Instant.now(), until))
        .filter(rest -> !rest.isNegative() && !rest.isZero())
        .map(rest -> Grant.denied(rest, quota.flatMap(ModelQuota::pauseReason).orElse("paused")))
        .orElseGet(() -> Grant.of(calls));
  }

  @Override
  public void unsent(String model, int calls, long tokens) {
    if (!isUnlimited(model)) {
      pending.ended(model, calls, tokens, new Pending.Back(true, true));
    }
  }

  @Override
  public void answered(String model, long reserved, long used, Seen seen) {
    if (isUnlimited(model)) {
      return;
    }
    pending.answered(model, reserved, used, seen);
    if (!seen.tellsNothing() && !seen.tellsTheLimitsOf(lastTold.put(model, seen))) {
      sql.run(connection -> Learning.told(connection, model, seen, findsThePlan));
      changed();
    }
  }

  @Override
  public void refused(String model, long reserved, Refusal refusal) {
    if (!isUnlimited(model)) {
      pending.ended(model, 1, reserved, new Pending.Back(true, true));
      flush();
    }
    sql.run(connection -> Learning.refused(connection, model, refusal));
    changed();
  }

  @Override
  public void unanswered(String model, long reserved, boolean maybeCharged) {
    if (!isUnlimited(model)) {
      pending.ended(model, 1, reserved, new Pending.Back(false, !maybeCharged));
    }
  }

  @Override
  public void invalid() {
    // It is asked for again when there is room, as everything else.
  }

  @Override
  public boolean isUnlimited(String model) {
    return unlimited.contains(model);
  }

  @Override
  public Optional<Double> largest(String model) {
    return isUnlimited(model)
        ? Optional.empty()
        : recent
            .of(model)
            .flatMap(
                quota ->
                    quota.buckets().entrySet().stream()
                        .filter(bucket -> bucket.getKey().countsTokens())
                        .map(bucket -> bucket.getValue().limit())
                        .min(Double::compare));
  }

  @Override
  public void changed() {
    recent.forget();
  }

  @Override
  public void flush() {
    Map<String, Pending.Sum> all = new HashMap<>(pending.takeAll());
    try {
      while (!all.isEmpty()) {
        Map.Entry<String, Pending.Sum> next = all.entrySet().iterator().next();
        sql.run(
            connection ->
                SettleStatement.settle(
                    connection, next.getKey(), next.getValue(), System.nanoTime()));
        all.remove(next.getKey());
      }
    } finally {
      all.forEach(pending::putBack);
    }
  }
}
