package io.burnish.amount;

/** What an amount counts. */
public enum AmountKind {
  /** Units of a currency, named by a sign, a word, or words that only a price has. */
  MONEY("money"),
  /** Per cent. */
  PERCENT("percent"),
  /** A number that neither a sign nor a word explains. */
  BARE("bare"),
  /** One more of the same at no charge, in words or as 1+1. */
  ONE_PLUS_ONE("one_plus_one"),
  /** Half the price, in words or as ½. */
  HALF("half"),
  /** At no charge, in words. */
  FREE("free");

  private final String word;

  AmountKind(String word) {
    this.word = word;
  }

  /** The name in evidence, e.g. {@code one_plus_one}. */
  public String word() {
    return word;
  }
}
