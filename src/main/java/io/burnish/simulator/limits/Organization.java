package io.burnish.simulator.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one organization that calls, with the quotas of each model that it ever called. Thread-safe.
 */
public final class Organization {

  /** As bodies name it. */
  public static final String ID = "org_01simulated";

  private final Map<String, ModelBuckets> quotas = new LinkedHashMap<>();
  private QuotaTerms terms;

  public Organization(QuotaTerms terms) {
    this.terms = terms;
  }

  /** The quota of a model. */
  public synchronized ModelBuckets quota(String model) {
    // As full as it was at zero, and refilled since: a bucket does not wait for its first call.
    return quotas.computeIfAbsent(model, m -> new ModelBuckets(terms.limitsOf(m), terms, 0));
  }

  /** Other terms from now on: what was used stays used. */
  public synchronized void agree(QuotaTerms changed, long now) {
    terms = changed;
    quotas.replaceAll((model, quota) -> quota.under(changed.limitsOf(model), changed, now));
  }

  /** Nothing was used. */
  public synchronized void forget() {
    quotas.clear();
  }

  /** The quotas by model. */
  public synchronized Map<String, ModelBuckets> quotas() {
    return new TreeMap<>(quotas);
  }
}
