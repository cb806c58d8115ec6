package io.burnish.validation;

import java.math.BigDecimal;
import java.util.Set;

/**
 * A number as it stands in a text.
 *
 * @param readings its possible values; two where 1.500 may be either of them
 * @param use what it is the number of
 * @param quote the number with a few words around it
 * @param passage where it stands
 */
record NumberInText(Set<BigDecimal> readings, NumberUse use, String quote, Passage passage) {

  boolean is(BigDecimal value) {
    return readings.stream().anyMatch(reading -> reading.compareTo(value) == 0);
  }

  /** Whether it can be what is taken off in per cent. */
  boolean isPercentage() {
    return switch (use) {
      case PERCENTAGE -> true;
      case OFF -> passage.isPriceField();
      case BARE -> passage.kind() == Passage.Kind.PERCENTAGE;
      case MONEY, FORMER_PRICE, THRESHOLD, OTHER -> false;
    };
  }

  /** Whether it can be what is to be paid, or is taken off in money. */
  boolean isAmount() {
    return switch (use) {
      case MONEY, OFF -> true;
      case BARE -> passage.isPriceField();
      case PERCENTAGE, FORMER_PRICE, THRESHOLD, OTHER -> false;
    };
  }
}
