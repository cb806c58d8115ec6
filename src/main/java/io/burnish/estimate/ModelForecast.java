package io.burnish.estimate;

import io.burnish.quota.QuotaForecast;

/**
 * What calls to a model will be like. Tokens are as the model counts them.
 *
 * @param model its name
 * @param quota its limits from now on
 * @param notBefore seconds until its cooldown ends; 0: it has none
 * @param mostRecords records in a call at most; over 0
 * @param admission tokens for which a call must have room
 * @param frame prompt tokens without records
 * @param each prompt tokens of a record
 * @param reservedFrame completion tokens that are reserved for any call
 * @param reservedEach completion tokens that are reserved for each record
 * @param experience what its answers are like
 */
record ModelForecast(
    String model,
    QuotaForecast quota,
    double notBefore,
    int mostRecords,
    double admission,
    double frame,
    double each,
    double reservedFrame,
    double reservedEach,
    Experience experience) {

  /** Seconds until a call may be sent; infinite: never. */
  double waitFor(double now) {
    return Math.max(notBefore - now, quota.waitFor(now, admission));
  }

  double prompt(double records) {
    return frame + records * each;
  }

  double completion(double records) {
    return records * experience.completionEach();
  }

  double cached(double records) {
    return Math.min(experience.cachedPerCall(), prompt(records));
  }

  /** Tokens that are charged when a call is sent. */
  double reserved(double records) {
    return prompt(records) + reservedFrame + records * reservedEach;
  }

  /** Tokens of them that are given back when the answer comes. */
  double refund(double records) {
    return reserved(records) - (prompt(records) - cached(records) + completion(records));
  }
}
