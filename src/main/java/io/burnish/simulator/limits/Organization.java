package io.burnish.simulator.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The calling organization, with the buckets of each model that it called. Thread-safe. */
public final class Organization {

  /** Its id in error bodies. */
  public static final String ID = "org_01simulated";

  private final Map<String, ModelBuckets> buckets = new LinkedHashMap<>();
  private QuotaSettings terms;

  /** An organization whose buckets are full. */
  public Organization(QuotaSettings terms) {
    this.terms = terms;
  }

  /** The buckets of a model. */
  public synchronized ModelBuckets bucketsOf(String model) {
    // A bucket opens at zero and refills from then on, not from its first call.
    return buckets.computeIfAbsent(model, m -> new ModelBuckets(terms.limitsOf(m), terms, 0));
  }

  /** Applies other terms; what was used stays used. */
  public synchronized void change(QuotaSettings changed, long now) {
    terms = changed;
    buckets.replaceAll(
        (model, current) -> current.withTerms(changed.limitsOf(model), changed, now));
  }

  /** Starts over with full buckets. */
  public synchronized void clear() {
    buckets.clear();
  }

  /** The buckets by model. */
  public synchronized Map<String, ModelBuckets> buckets() {
    return new TreeMap<>(buckets);
  }
}
