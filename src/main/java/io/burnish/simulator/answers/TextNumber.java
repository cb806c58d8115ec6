package io.burnish.simulator.answers;

import java.math.BigDecimal;

/**
 * A number in a text, and its unit.
 *
 * @param value the number
 * @param unit what it counts
 */
record TextNumber(BigDecimal value, Unit unit) {

  /** What a number counts. */
  public enum Unit {
    /** Per cent. */
    PERCENT,
    /** Money; agorot and cents are converted to the main unit. */
    MONEY,
    /** No unit. */
    BARE,
    /** A former price, as in "instead of 200". */
    FORMER_PRICE,
    /** Not a price: days, pieces, a date, a telephone number. */
    OTHER
  }

  /** Whether it has this value in any notation. */
  boolean is(BigDecimal other) {
    return value.compareTo(other) == 0;
  }
}
