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
 * The buckets of one model in one organization, and the others who draw from them. Moments as in
 * {@link Bucket}. Thread-safe.
 */
public final class ModelBuckets {

  private static final double ONE_REQUEST = 1;

  private final Map<LimitDimension, Bucket> buckets = new EnumMap<>(LimitDimension.class);
  private final List<LimitDimension> order;
  private final boolean refunds;
  private final List<Neighbour> neighbours = new ArrayList<>();
  private long takenByOthers;

  /** A co-tenant, and when he calls next. */
  private static final class Neighbour {
    private final CoTenant tenant;
    private final double interval;
    private long first;
    private long calls;

    Neighbour(CoTenant tenant, long tokensPerMinute) {
      this.tenant = tenant;
      this.interval = tenant.interval(tokensPerMinute);
      this.first = tenant.span().from().toNanos();
    }

    void beginAgain(long now) {
      first = Math.max(first, now);
    }

    long next() {
      return first + Math.round(calls * interval);
    }

    boolean callsUntil(long now) {
      return next() <= now && next() < tenant.span().to().toNanos();
    }
  }

  /** The buckets as the terms fill them at this moment. */
  ModelBuckets(RateLimits limits, QuotaTerms terms, long now) {
    this.order = terms.order();
    this.refunds = terms.refunds();
    limits.most().forEach((d, limit) -> buckets.put(d, new Bucket(d, limit, terms.opening(), now)));
    limits
        .of(LimitDimension.TPM)
        .ifPresent(tpm -> terms.coTenants().forEach(t -> neighbours.add(new Neighbour(t, tpm))));
  }

  /** The same organization under other terms: what was used stays used. */
  synchronized ModelBuckets under(RateLimits limits, QuotaTerms terms, long now) {
    letOthersCall(now);
    ModelBuckets changed = new ModelBuckets(limits, terms.opening(1), now);
    changed.buckets.forEach(
        (dimension, bucket) -> {
          Bucket before = buckets.get(dimension);
          if (before != null) {
            bucket.take(before.limit() - before.level(now), now);
          }
        });
    changed.takenByOthers = takenByOthers;
    changed.neighbours.forEach(neighbour -> neighbour.beginAgain(now));
    return changed;
  }

  /**
   * Lets a call in, and takes one request and its tokens; or not, and takes nothing. A call larger
   * than the tokens of a minute is told so before any bucket is looked at.
   */
  public synchronized AdmissionDecision admit(long tokens, long now) {
    letOthersCall(now);
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

  /** After the call: its tokens become what it really took. More is always taken. */
  public synchronized void settle(long reserved, long actual, long now) {
    letOthersCall(now);
    if (actual > reserved || refunds) {
      buckets.values().stream()
          .filter(bucket -> bucket.dimension().ofTokens())
          .forEach(bucket -> bucket.take(actual - reserved, now));
    }
  }

  /** What the headers of a response tell at this moment. */
  public synchronized Map<String, String> headers(QuotaTerms.Headers told, long now) {
    letOthersCall(now);
    return LimitHeaders.of(buckets, told, now);
  }

  /** What the buckets hold. */
  public synchronized Map<LimitDimension, Double> levels(long now) {
    letOthersCall(now);
    Map<LimitDimension, Double> levels = new EnumMap<>(LimitDimension.class);
    buckets.forEach((dimension, bucket) -> levels.put(dimension, bucket.level(now)));
    return levels;
  }

  /** Tokens that co-tenants took. */
  public synchronized long takenByOthers(long now) {
    letOthersCall(now);
    return takenByOthers;
  }

  private static OverLimit refusal(Bucket exhausted, long tokens, long now) {
    double need = need(exhausted, tokens);
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
        .filter(bucket -> !bucket.holds(need(bucket, tokens), now))
        .findFirst();
  }

  private void take(long tokens, long now) {
    buckets.values().forEach(bucket -> bucket.take(need(bucket, tokens), now));
  }

  private static double need(Bucket bucket, long tokens) {
    return bucket.dimension().ofTokens() ? tokens : ONE_REQUEST;
  }

  /** Makes up for the calls of others since the last look, each at its own moment. */
  private void letOthersCall(long now) {
    for (Neighbour neighbour : neighbours) {
      while (neighbour.callsUntil(now)) {
        long then = neighbour.next();
        long tokens = neighbour.tenant.tokens();
        if (exhausted(tokens, then).isEmpty()) {
          take(tokens, then);
          takenByOthers += tokens;
        }
        neighbour.calls++;
      }
    }
  }
}
