package io.burnish.simulator;

import java.util.List;

/**
 * How a provider differs from Groq, always and not by chance.
 *
 * @param dislikes fields of a request that are refused
 * @param slowAbove calls of more records than this are slow; 0: none
 * @param stubborn share of the records, 0 to 1, that get the same false price each time
 * @param usage how tokens are told
 * @param hugeBody bytes of blanks before an answer that is huge on request
 * @param badRequest message of the 400 about nothing in particular
 */
record Oddities(
    List<Dislike> dislikes,
    int slowAbove,
    double stubborn,
    UsageTold usage,
    long hugeBody,
    String badRequest) {

  /** Whether a call of so many records is slow. */
  boolean isSlow(int records) {
    return slowAbove > 0 && records > slowAbove;
  }
}
