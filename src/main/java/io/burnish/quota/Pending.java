package io.burnish.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of calls and is not written yet, summed up for each model: one statement writes it,
 * however many calls there were. Thread-safe.
 */
final class Pending {

  private static final double NANOS_A_SECOND = 1e9;

  private final Map<String, Sum> sums = new HashMap<>();

  /**
   * What became of some calls.
   *
   * @param callsBack requests that were not counted there
   * @param tokensBack tokens that were reserved and not used; below zero: used beyond
   * @param callsDone reserved requests that are settled by this
   * @param tokensDone reserved tokens that are settled by this
   * @param tokensLeft what the last response told of tokens a minute, or null
   * @param callsLeft what the last response told of requests a day, or null
   * @param toldAt when it was told, by {@link System#nanoTime}
   * @param answered whether one of them was answered
   */
  record Sum(
      double callsBack,
      double tokensBack,
      double callsDone,
      double tokensDone,
      @Nullable Double tokensLeft,
      @Nullable Double callsLeft,
      long toldAt,
      boolean answered) {

    /** Seconds since the last response told. */
    double age(long now) {
      return Math.max(0, (now - toldAt) / NANOS_A_SECOND);
    }

    private Sum and(Sum later) {
      boolean told = later.tokensLeft != null || later.callsLeft != null;
      return new Sum(
          callsBack + later.callsBack,
          tokensBack + later.tokensBack,
          callsDone + later.callsDone,
          tokensDone + later.tokensDone,
          told ? later.tokensLeft : tokensLeft,
          told ? later.callsLeft : callsLeft,
          told ? later.toldAt : toldAt,
          answered || later.answered);
    }
  }

  /** An answer came. */
  void answered(String model, double reserved, double used, Seen seen) {
    add(
        model,
        new Sum(
            0,
            reserved - used,
            1,
            reserved,
            seen.remainingTokens().map(Long::doubleValue).orElse(null),
            seen.remainingRequests().map(Long::doubleValue).orElse(null),
            System.nanoTime(),
            true));
  }

  /** Calls ended without an answer, or were never sent. */
  void ended(String model, int calls, double reserved, Back back) {
    add(
        model,
        new Sum(
            back.calls() ? calls : 0,
            back.tokens() ? reserved : 0,
            calls,
            reserved,
            null,
            null,
            0,
            false));
  }

  /** What is given back of calls that ended without an answer. */
  record Back(boolean calls, boolean tokens) {}

  private synchronized void add(String model, Sum sum) {
    sums.merge(model, sum, Sum::and);
  }

  /** Takes what is pending for a model; empty when nothing is. */
  synchronized Optional<Sum> take(String model) {
    return Optional.ofNullable(sums.remove(model));
  }

  /** Puts back what could not be written. */
  synchronized void putBack(String model, Sum sum) {
    sums.merge(model, sum, (later, earlier) -> earlier.and(later));
  }

  /** Takes everything. */
  synchronized Map<String, Sum> takeAll() {
    Map<String, Sum> all = Map.copyOf(sums);
    sums.clear();
    return all;
  }
}
