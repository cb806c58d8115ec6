package io.burnish.amount;

import java.math.BigDecimal;
import java.util.Set;

/**
 * An amount in a text.
 *
 * @param kind what it counts
 * @param role what it is for
 * @param readings its possible values; two where a notation is ambiguous, such as 1.500; 1, 50 and
 *     100 for one plus one, half and free
 * @param start index of its first character in the original text, in UTF-16 units; includes a sign
 *     or word of its own, such as a currency
 * @param end index after its last character
 */
public record Amount(
    AmountKind kind, AmountRole role, Set<BigDecimal> readings, int start, int end) {

  /** Whether one of its readings is that value, whatever its scale. */
  public boolean is(BigDecimal value) {
    return readings.stream().anyMatch(reading -> reading.compareTo(value) == 0);
  }

  /** Whether the text offers it: as a price, or as what is taken off. */
  public boolean isOffered() {
    return role == AmountRole.OFFERED || role == AmountRole.TAKEN_OFF;
  }

  /** The same in a text without its first characters. */
  public Amount earlier(int characters) {
    return new Amount(kind, role, readings, start - characters, end - characters);
  }
}
