package io.burnish.amount;

import java.math.BigDecimal;
import java.util.Set;

/** An amount while it is read: its tokens instead of its characters. Mutable. */
final class DraftAmount {

  /** The token of the number, or the first token of the phrase. */
  final int number;

  /** Possible values; empty if the number is none, e.g. a date. */
  final Set<BigDecimal> readings;

  int first;
  int last;
  AmountKind kind = AmountKind.BARE;
  AmountRole role = AmountRole.OFFERED;

  /** Whether it counts hundredths of a currency. */
  boolean isMinor;

  DraftAmount(int number, int last, Set<BigDecimal> readings) {
    this.number = number;
    this.readings = readings;
    first = number;
    this.last = last;
  }

  DraftAmount as(AmountKind newKind, AmountRole newRole) {
    kind = newKind;
    role = newRole;
    return this;
  }

  /** Extends the amount to an earlier token. */
  DraftAmount from(int firstToken) {
    first = Math.min(first, firstToken);
    return this;
  }

  /** Extends the amount to a later token. */
  DraftAmount to(int lastToken) {
    last = Math.max(last, lastToken);
    return this;
  }

  boolean isOffered() {
    return role == AmountRole.OFFERED || role == AmountRole.TAKEN_OFF;
  }

  boolean isUnexplained() {
    return kind == AmountKind.BARE && role == AmountRole.OFFERED;
  }

  /** Whether one of its readings is at least that value. */
  boolean reaches(BigDecimal value) {
    for (BigDecimal reading : readings) {
      if (reading.compareTo(value) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of its readings is that value, in any scale. */
  boolean is(BigDecimal value) {
    for (BigDecimal reading : readings) {
      if (reading.compareTo(value) == 0) {
        return true;
      }
    }
    return false;
  }
}
