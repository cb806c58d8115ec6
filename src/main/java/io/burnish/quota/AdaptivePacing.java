package io.burnish.quota;

import io.burnish.quota.learn.PlausibleReports;
import io.burnish.quota.learn.ThrottleLearning;
import io.burnish.quota.limit.Charge;
import io.burnish.quota.limit.Grant;
import io.burnish.quota.limit.ModelQuota;
import io.burnish.quota.limit.Pacing;
import io.burnish.quota.limit.RateLimitObservation;
import io.burnish.quota.limit.ThrottleNotice;
import io.burnish.quota.store.QuotaStore;
import io.burnish.quota.store.ReserveStatement;
import io.burnish.quota.store.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Sends calls as the known limits of the provider allow; without limits, as many as it accepts.
 * Exact: a call is reserved before it is sent and settled after its answer. Results of calls are
 * written with the next reservation or by {@link #flush}. A 429, and an answer with changed limits,
 * is written at once if the database takes it. Thread-safe.
 */
final class AdaptivePacing implements Pacing {

  private final QuotaStore store;
  private final LongSupplier nanoClock;
  private final QuotaCache cache;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
  private final PlausibleReports reports = new PlausibleReports();

  /** The limits in the last answer of a model. */
  private final Map<String, RateLimitObservation.Limits> lastLimits = new ConcurrentHashMap<>();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  AdaptivePacing(QuotaStore store, LongSupplier nanoClock) {
    this.store = store;
    this.nanoClock = nanoClock;
    this.cache = new QuotaCache(store::all, nanoClock);
  }

  /** A pause that this replica set, written or not. */
  private record Pause(long untilNanos, String reason) {}

  @Override
  public Grant reserve(String model, int calls, long tokensEach) {
    if (isUnlimited(model)) {
      return unlessPaused(model, calls);
    }
    boolean assumed = store.initial(model).isAssumed();
    return store.reserve(
        model, new ReserveStatement.Request(calls, Math.max(1, tokensEach), assumed));
  }

  /** Without limits nothing is reserved, but pauses hold for all replicas. */
  private Grant unlessPaused(String model, int calls) {
    Pause own = pauses.get(model);
    if (own != null && own.untilNanos > nanoClock.getAsLong()) {
      return Grant.denied(
          Duration.ofNanos(Math.max(1, own.untilNanos - nanoClock.getAsLong())), own.reason);
    }
    Optional<ModelQuota> quota = cache.of(model);
    return quota
        .flatMap(ModelQuota::pausedUntil)
        .map(until -> Duration.between(Instant.now(), until))
        .filter(wait -> !wait.isNegative() && !wait.isZero())
        .map(wait -> Grant.denied(wait, quota.flatMap(ModelQuota::pauseReason).orElse("paused")))
        .orElseGet(() -> Grant.of(calls));
  }

  @Override
  public void refund(String model, int calls, long tokens) {
    if (!isUnlimited(model)) {
      store.pending().add(model, Settlement.unused(calls, tokens));
    }
  }

  @Override
  public void settle(String model, long reserved, long used, RateLimitObservation observation) {
    if (isUnlimited(model)) {
      return;
    }
    RateLimitObservation credible = reports.limits(model, observation);
    store
        .pending()
        .add(
            model,
            Settlement.answered(
                reserved, reports.usage(model, reserved, used), credible, nanoClock.getAsLong()));
    if (credible.hasLimits()
        && !credible.limits().equals(lastLimits.put(model, credible.limits()))) {
      // The next calls are planned by these limits, so they are written at once.
      store.flush(model);
      invalidateCache();
    }
  }

  @Override
  public void throttled(String model, long reserved, ThrottleNotice notice) {
    if (!isUnlimited(model)) {
      store.pending().add(model, Settlement.unused(1, reserved));
    }
    if (!notice.hasFigures()) {
      pause(
          model,
          notice.waitTime().orElse(ThrottleLearning.DEFAULT_PAUSE),
          "the provider asks to wait");
    }
    store.update(
        model, (connection, row, age) -> ThrottleLearning.throttled(connection, row, notice, age));
    invalidateCache();
  }

  @Override
  public void failed(String model, long reserved, Charge charge) {
    if (!isUnlimited(model)) {
      double back =
          switch (charge) {
            case NONE -> reserved;
            case UNLIKELY -> isKnownLimit(model) ? aboveLimit(model, reserved) : reserved;
            case LIKELY -> aboveLimit(model, reserved);
          };
      store.pending().add(model, Settlement.failed(reserved, back));
    }
  }

  /**
   * The part of a reservation above the limit: it is not charged. An assumed limit may be too low.
   */
  private double aboveLimit(String model, long reserved) {
    double most =
        cache.known(model).flatMap(AdaptivePacing::smallest).map(b -> b.limit()).orElse(1e18);
    return Math.max(0, reserved - most);
  }

  /**
   * Whether the limit of tokens is confirmed, not assumed by plan {@code auto}. Reads no database.
   */
  private boolean isKnownLimit(String model) {
    return !store.initial(model).isAssumed()
        || cache
            .known(model)
            .flatMap(AdaptivePacing::smallest)
            .filter(ModelQuota.Bucket::isConfirmed)
            .isPresent();
  }

  @Override
  public void pause(String model, Duration pause, String reason) {
    Pause next = new Pause(nanoClock.getAsLong() + pause.toNanos(), reason);
    pauses.merge(model, next, (one, other) -> one.untilNanos > other.untilNanos ? one : other);
    invalidateCache();
  }

  @Override
  public void reset(String model) {
    pauses.remove(model);
    lastLimits.remove(model);
    reports.reset(model);
    invalidateCache();
  }

  @Override
  public void invalidAnswer() {
    // The retry needs no delay beyond the limits.
  }

  @Override
  public boolean isUnlimited(String model) {
    return store.isUnlimited(model);
  }

  @Override
  public Optional<Double> largest(String model) {
    return isUnlimited(model)
        ? Optional.empty()
        : cache.of(model).flatMap(AdaptivePacing::smallest).map(ModelQuota.Bucket::limit);
  }

  private static Optional<ModelQuota.Bucket> smallest(ModelQuota quota) {
    return quota.buckets().entrySet().stream()
        .filter(bucket -> bucket.getKey().countsTokens())
        .map(Map.Entry::getValue)
        .min(Comparator.comparing(ModelQuota.Bucket::limit));
  }

  @Override
  public void invalidateCache() {
    cache.invalidate();
  }

  @Override
  public void flush() {
    // The store writes pending changes.
  }

  @Override
  public void renew() {
    // The store renews the lease of calls in flight.
  }
}
