package io.burnish.simulator;

import java.util.List;
import java.util.Map;

/**
 * What an organization may use, and how much of it the provider tells.
 *
 * @param plan gives the limits of the models that {@code limits} does not name
 * @param limits by model, {@code *} for every other one
 * @param order in which the dimensions are looked at; the first that is exhausted refuses
 * @param opening share of each bucket that is there at the start, 0 to 1
 * @param settle whether tokens that were reserved and not used are given back
 * @param headers what responses tell of the limits
 * @param reasons whether a 429 tells its dimension and its wait
 * @param coTenants others who use the same limits
 */
record QuotaTerms(
    Plan plan,
    Map<String, Limits> limits,
    List<Dimension> order,
    double opening,
    boolean settle,
    Headers headers,
    boolean reasons,
    List<CoTenant> coTenants) {

  /** What the headers of a good response tell, and of which moment. */
  enum Headers {
    /** When it is sent, and the call is settled. */
    RESPONSE,
    /** When the call was admitted, its reservation taken. */
    ADMISSION,
    /** When it is sent, of requests a minute, as OpenAI does under the same names. */
    OPENAI,
    /** When it is sent, with resets that are past. */
    PAST,
    /** Limits and resets that are no numbers. */
    INFINITY,
    /** They tell nothing. */
    OFF
  }

  private static final String EVERY_OTHER = "*";

  /** The limits of a model. */
  Limits limitsOf(String model) {
    Limits named = limits.get(KnownModel.bare(model));
    return named != null ? named : limits.getOrDefault(EVERY_OTHER, plan.limits(model));
  }

  /** The same, but for the share that is there at the start. */
  QuotaTerms opening(double share) {
    return new QuotaTerms(plan, limits, order, share, settle, headers, reasons, coTenants);
  }
}
