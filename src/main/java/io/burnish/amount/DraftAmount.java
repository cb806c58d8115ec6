package io.burnish.amount;

import java.math.BigDecimal;
import java.util.Set;

/** An amount while it is being found: its tokens instead of its characters. Mutable. */
final class DraftAmount {

  final int number;
  final Set<BigDecimal> readings;
  int first;
  int last;
  AmountKind kind = AmountKind.BARE;
  AmountRole role = AmountRole.OFFERED;
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

  DraftAmount from(int firstToken) {
    first = Math.min(first, firstToken);
    return this;
  }

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
}
