package io.burnish.simulator.faults;

import java.time.Duration;
import java.util.List;

/**
 * How a provider always differs from Groq.
 *
 * @param refusedFields fields of a request that are refused
 * @param slowAbove calls of more records than this are slow; 0: none
 * @param slow latency of a slow answer
 * @param stubborn share of the records, 0 to 1, that get the same false price each time
 * @param usage how token usage is reported
 * @param hugeBody bytes of blanks before a huge answer
 * @param badRequest message of the 400 without a code
 */
public record Oddities(
    List<RefusedField> refusedFields,
    int slowAbove,
    Duration slow,
    double stubborn,
    UsageReport usage,
    long hugeBody,
    String badRequest) {

  /** Whether a call of this many records is slow. */
  public boolean isSlow(int records) {
    return slowAbove > 0 && records > slowAbove;
  }
}
