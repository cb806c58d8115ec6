package io.burnish.attempt;

import io.burnish.ledger.LedgerEntry;
import io.burnish.provider.fault.ProviderFault.Kind;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.PastCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The earlier calls about one record, and the figures that decide how long it is retried.
 *
 * @param calls oldest first
 */
record CallHistory(List<PastCall> calls) {

  /** Outcomes of calls that were, or may have been, paid for. */
  private static final Set<String> PAID =
      Set.of(
          LedgerEntry.ANSWERED, Kind.TIMED_OUT.word(), Kind.TRUNCATED.word(), Kind.UNUSABLE.word());

  static CallHistory of(ClaimedItem item) {
    return new CallHistory(item.history());
  }

  /**
   * Consecutive claims, up to now, whose calls ended with one of these outcomes and were about at
   * most this number of records.
   */
  int claimsInARow(Set<String> outcomes, int records) {
    int from = calls.size();
    while (from > 0 && outcomes.contains(calls.get(from - 1).outcome())) {
      from--;
    }
    return (int)
        calls.subList(from, calls.size()).stream()
            .filter(call -> call.records() <= records)
            .map(PastCall::fence)
            .distinct()
            .count();
  }

  /** Calls about the record alone that timed out. */
  long timeoutsAlone() {
    return calls.stream()
        .filter(call -> call.records() == 1 && call.outcome().equals(Kind.TIMED_OUT.word()))
        .count();
  }

  /** Age of the first call about the record alone with such an outcome; zero without one. */
  Duration sinceFirstAlone(Set<String> outcomes) {
    return ages(outcomes, 1).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** Age of the last call with such an outcome; zero without one. */
  Duration sinceLast(Set<String> outcomes) {
    return ages(outcomes, Integer.MAX_VALUE).min(Duration::compareTo).orElse(Duration.ZERO);
  }

  private Stream<Duration> ages(Set<String> outcomes, int mostRecords) {
    return calls.stream()
        .filter(call -> call.records() <= mostRecords && outcomes.contains(call.outcome()))
        .map(PastCall::age);
  }

  /** Calls that were, or may have been, paid for. */
  long paid() {
    return calls.stream().filter(call -> PAID.contains(call.outcome())).count();
  }

  /**
   * The model of the last call.
   *
   * @throws IndexOutOfBoundsException without a call
   */
  String lastModel() {
    return calls.get(calls.size() - 1).model();
  }
}
