package io.burnish.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one organization that calls, with the quotas of each model that it ever called. Thread-safe.
 */
final class Organization {

  /** As bodies name it. */
  static final String ID = "org_01simulated";

  private final Map<String, ModelQuota> quotas = new LinkedHashMap<>();
  private QuotaTerms terms;

  Organization(QuotaTerms terms) {
    this.terms = terms;
  }

  /** The quota of a model. */
  synchronized ModelQuota quota(String model) {
    // As full as it was at zero, and refilled since: a bucket does not wait for its first call.
    return quotas.computeIfAbsent(model, m -> new ModelQuota(terms.limitsOf(m), terms, 0));
  }

  /** Other terms from now on: what was used stays used. */
  synchronized void agree(QuotaTerms changed, long now) {
    terms = changed;
    quotas.replaceAll((model, quota) -> quota.under(changed.limitsOf(model), changed, now));
  }

  /** Nothing was used. */
  synchronized void forget() {
    quotas.clear();
  }

  /** The quotas by model. */
  synchronized Map<String, ModelQuota> quotas() {
    return new TreeMap<>(quotas);
  }
}
