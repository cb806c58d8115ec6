package io.burnish.simulator.limits;

import io.burnish.simulator.limits.AdmissionDecision.Admitted;
import io.burnish.simulator.limits.AdmissionDecision.NeverFits;
import io.burnish.simulator.limits.AdmissionDecision.OverLimit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The buckets of one model in one organization, and the co-tenants that take from them. Times as in
 * {@link Bucket}. Thread-safe.
 */
public final class ModelBuckets {

  private static final double ONE_REQUEST = 1;

  private final Map<LimitDimension, Bucket> buckets = new EnumMap<>(LimitDimension.class);
  private final List<LimitDimension> order;
  private final boolean refunds;
  private final List<ActiveCoTenant> coTenants = new ArrayList<>();
  private long coTenantTokens;

  /** A co-tenant, and when it calls next. */
  private static final class ActiveCoTenant {
    private final CoTenant tenant;
    private final double interval;
    private long first;
    private long calls;

    ActiveCoTenant(CoTenant tenant, long tokensPerMinute) {
      this.tenant = tenant;
      this.interval = tenant.interval(tokensPerMinute);
      this.first = tenant.span().from().toNanos();
    }

    void restart(long now) {
      first = Math.max(first, now);
    }

    long next() {
      return first + Math.round(calls * interval);
    }

    boolean isDue(long now) {
      return next() <= now && next() < tenant.span().to().toNanos();
    }
  }

  /** Creates the buckets as the terms fill them at this time. */
  ModelBuckets(RateLimits limits, QuotaSettings terms, long now) {
    this.order = terms.order();
    this.refunds = terms.refunds();
    limits
        .byDimension()
        .forEach((d, limit) -> buckets.put(d, new Bucket(d, limit, terms.opening(), now)));
    limits
        .of(LimitDimension.TPM)
        .ifPresent(
            tpm -> terms.coTenants().forEach(t -> coTenants.add(new ActiveCoTenant(t, tpm))));
  }

  /** The buckets under other terms; what was used stays used. */
  synchronized ModelBuckets withTerms(RateLimits limits, QuotaSettings terms, long now) {
    chargeCoTenants(now);
    ModelBuckets changed = new ModelBuckets(limits, terms.opening(1), now);
    changed.buckets.forEach(
        (dimension, bucket) -> {
          Bucket before = buckets.get(dimension);
          if (before != null) {
            bucket.take(before.limit() - before.level(now), now);
          }
        });
    changed.coTenantTokens = coTenantTokens;
    changed.coTenants.forEach(coTenant -> coTenant.restart(now));
    return changed;
  }

  /**
   * Admits a call and takes one request and its tokens, or takes nothing. A call larger than the
   * tokens of a minute is refused as such before any bucket is checked.
   */
  public synchronized AdmissionDecision admit(long tokens, long now) {
    chargeCoTenants(now);
    Bucket minute = buckets.get(LimitDimension.TPM);
    if (minute != null && tokens > minute.limit()) {
      return new NeverFits(LimitDimension.TPM, minute.limit(), tokens);
    }
    Optional<Bucket> exhausted = exhausted(tokens, now);
    if (exhausted.isPresent()) {
      return refusal(exhausted.get(), tokens, now);
    }
    take(tokens, now);
    return new Admitted(tokens);
  }

  /**
   * Replaces the reserved tokens by the actual ones. Tokens above the reservation are always taken.
   */
  public synchronized void settle(long reserved, long actual, long now) {
    chargeCoTenants(now);
    if (actual > reserved || refunds) {
      buckets.values().stream()
          .filter(bucket -> bucket.dimension().ofTokens())
          .forEach(bucket -> bucket.take(actual - reserved, now));
    }
  }

  /** The headers of a response at this time. */
  public synchronized Map<String, String> headers(QuotaSettings.Headers kind, long now) {
    chargeCoTenants(now);
    return LimitHeaders.of(buckets, kind, now);
  }

  /** The levels of the buckets. */
  public synchronized Map<LimitDimension, Double> levels(long now) {
    chargeCoTenants(now);
    Map<LimitDimension, Double> levels = new EnumMap<>(LimitDimension.class);
    buckets.forEach((dimension, bucket) -> levels.put(dimension, bucket.level(now)));
    return levels;
  }

  /** Tokens that co-tenants took. */
  public synchronized long coTenantTokens(long now) {
    chargeCoTenants(now);
    return coTenantTokens;
  }

  private static OverLimit refusal(Bucket exhausted, long tokens, long now) {
    double need = needOf(exhausted, tokens);
    return new OverLimit(
        exhausted.dimension(),
        exhausted.limit(),
        exhausted.used(now),
        (long) need,
        exhausted.waitFor(need, now));
  }

  private Optional<Bucket> exhausted(long tokens, long now) {
    return order.stream()
        .filter(buckets::containsKey)
        .map(buckets::get)
        .filter(bucket -> !bucket.holds(needOf(bucket, tokens), now))
        .findFirst();
  }

  private void take(long tokens, long now) {
    buckets.values().forEach(bucket -> bucket.take(needOf(bucket, tokens), now));
  }

  private static double needOf(Bucket bucket, long tokens) {
    return bucket.dimension().ofTokens() ? tokens : ONE_REQUEST;
  }

  /** Simulates the calls of co-tenants since the last time, each at its own time. */
  private void chargeCoTenants(long now) {
    for (ActiveCoTenant coTenant : coTenants) {
      while (coTenant.isDue(now)) {
        long at = coTenant.next();
        long tokens = coTenant.tenant.tokens();
        if (exhausted(tokens, at).isEmpty()) {
          take(tokens, at);
          coTenantTokens += tokens;
        }
        coTenant.calls++;
      }
    }
  }
}
