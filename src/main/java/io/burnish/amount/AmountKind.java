package io.burnish.amount;

import java.util.Locale;

/** What an amount counts. */
public enum AmountKind {
  /** Units of a currency, named by a sign, a word, or words that only a price has. */
  MONEY,
  /** Per cent. */
  PERCENT,
  /** A number that neither a sign nor a word explains. */
  BARE,
  /** One more of the same at no charge, in words or as 1+1. */
  ONE_PLUS_ONE,
  /** Half the price, in words or as ½. */
  HALF,
  /** At no charge, in words. */
  FREE;

  /** The name in JSON, e.g. {@code one_plus_one}; stable. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
