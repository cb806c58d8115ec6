package io.burnish.simulator.limits;

import java.util.List;

/**
 * The limits of an organization, and what the provider tells of them.
 *
 * @param table limits by model
 * @param order in which the dimensions are checked; the first exhausted one refuses
 * @param opening share of each bucket that is available at the start, 0 to 1
 * @param refunds whether reserved tokens that were not used are given back
 * @param headers what responses tell of the limits
 * @param reasons whether a 429 names its dimension and its wait
 * @param coTenants other callers that share the limits
 */
public record QuotaSettings(
    RateLimitTable table,
    List<LimitDimension> order,
    double opening,
    boolean refunds,
    Headers headers,
    boolean reasons,
    List<CoTenant> coTenants) {

  /** What the headers of a successful response tell, and as of when. */
  public enum Headers {
    /** As of the response, after the call is settled. */
    RESPONSE,
    /** As of the admission, the reservation included. */
    ADMISSION,
    /** As of the response, of requests per minute, as OpenAI does under the same names. */
    OPENAI,
    /** As of the response, with resets in the past. */
    PAST,
    /** Limits and resets that are not numbers. */
    INFINITY,
    /** No headers. */
    OFF
  }

  /** The limits of a model. */
  public RateLimits limitsOf(String model) {
    return table.of(model);
  }

  /** The same, but for the share that is available at the start. */
  QuotaSettings opening(double share) {
    return new QuotaSettings(table, order, share, refunds, headers, reasons, coTenants);
  }
}
