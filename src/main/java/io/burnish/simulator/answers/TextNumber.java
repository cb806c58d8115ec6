package io.burnish.simulator.answers;

import java.math.BigDecimal;

/**
 * A number that stands in a text, and what it counts there.
 *
 * @param value the number
 * @param unit what it counts
 */
record TextNumber(BigDecimal value, Unit unit) {

  /** What a number counts. */
  public enum Unit {
    /** Per cent. */
    PERCENT,
    /** Money; agorot and cents are turned into their hundredfold unit. */
    MONEY,
    /** Nothing is said. */
    BARE,
    /** A price that was, as in "instead of 200". */
    FORMER_PRICE,
    /** Something that is no price: days, pieces, a date, a telephone number. */
    OTHER
  }

  /** Whether it has this value, whatever the notation. */
  boolean is(BigDecimal other) {
    return value.compareTo(other) == 0;
  }
}
