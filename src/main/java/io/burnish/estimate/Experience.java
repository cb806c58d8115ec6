package io.burnish.estimate;

import io.burnish.estimate.RecentCalls.Recent;
import io.burnish.profile.TokenSizes;

/**
 * What answers of a model are likely to be like.
 *
 * @param completionEach completion tokens for each record of a call, reasoning included
 * @param cachedPerCall prompt tokens of a call that come from the provider's cache
 * @param latency seconds from the request to the answer
 * @param refused share of the answers that are refused, 0 to {@value #MOST_REFUSED}
 * @param calls that this was learned from; 0: assumed
 */
record Experience(
    double completionEach, double cachedPerCall, double latency, double refused, long calls) {

  /** A record is asked about at most a limited number of times. */
  private static final double MOST_REFUSED = 0.7;

  /**
   * Share of the largest answer that an answer without a history is assumed to have, reasoning at
   * low effort included; measured with the simulator.
   */
  private static final double ASSUMED_ANSWER = 0.55;

  /** Source: Groq models page, read 2026-10, the slowest of the default models; and queue times. */
  private static final double ASSUMED_LATENCY = 1.5;

  static Experience assumed(TokenSizes sizes) {
    return new Experience(sizes.answer() * ASSUMED_ANSWER, 0, ASSUMED_LATENCY, 0, 0);
  }

  static Experience of(Recent recent) {
    return new Experience(
        (double) recent.completionTokens() / recent.records(),
        (double) recent.cachedTokens() / recent.calls(),
        recent.latencyMillis() / 1e3 / recent.calls(),
        recent.judged() == 0
            ? 0
            : Math.min(MOST_REFUSED, (double) recent.refused() / recent.judged()),
        recent.calls());
  }

  /** How often a record is asked about on average; 1 or more. */
  double asksEach() {
    return 1 / (1 - refused);
  }
}
