package io.burnish.estimate;

import io.burnish.dedup.KnownRecords.Meaning;
import io.burnish.estimate.Estimate.Known;
import io.burnish.estimate.Estimate.Reason;
import io.burnish.estimate.Estimate.Rejected;
import io.burnish.queue.item.NewItem;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The counts of a batch as it is read. For one thread. */
final class Batch {

  private final Map<String, Reason> reasons = new LinkedHashMap<>();
  private long records;
  private long duplicates;
  private long reused;
  private long failed;
  private long toAsk;
  private long measured;
  private double measuredTokens;
  private double measuredLength;
  private double length;

  /** A record was read. */
  void read() {
    records++;
  }

  /** A record fails at intake. */
  void reject(NewItem item) {
    String code = String.valueOf(item.errorCode());
    Reason before = reasons.get(code);
    reasons.put(
        code,
        before == null
            ? new Reason(code, 1, item.errors().isEmpty() ? code : item.errors().get(0))
            : new Reason(code, before.records() + 1, before.example()));
  }

  /** A record is equal to an earlier one. */
  void duplicate() {
    duplicates++;
  }

  /** A record was decided before. */
  void known(Meaning meaning) {
    switch (meaning) {
      case REUSED -> reused++;
      case FAILED -> failed++;
    }
  }

  /** A model would be asked about a record of this length in characters. */
  void ask(int characters) {
    toAsk++;
    length += characters;
  }

  /** The tokens that a record of this length adds to a prompt. */
  void measure(int characters, int tokens) {
    measured++;
    measuredLength += characters;
    measuredTokens += tokens;
  }

  long measured() {
    return measured;
  }

  long records() {
    return records;
  }

  long duplicates() {
    return duplicates;
  }

  long toAsk() {
    return toAsk;
  }

  /** Whether a job of the batch has anything to do once it is stored. */
  boolean isOpen() {
    return toAsk + duplicates + reused + failed > 0;
  }

  Known known() {
    return new Known(reused + failed, reused, failed);
  }

  Rejected rejected() {
    return new Rejected(
        reasons.values().stream().mapToLong(Reason::records).sum(),
        reasons.values().stream()
            .sorted(Comparator.comparing(Reason::records).reversed().thenComparing(Reason::code))
            .toList());
  }

  /** Tokens that a record adds to a prompt on average; 0 without records to ask about. */
  double tokensEach() {
    return toAsk == 0 ? 0 : length / toAsk * (measuredTokens / Math.max(1, measuredLength));
  }
}
