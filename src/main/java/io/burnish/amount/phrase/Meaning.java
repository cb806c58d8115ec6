package io.burnish.amount.phrase;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a word or phrase of the lexicon says of the number beside it, or by itself. */
public enum Meaning {
  /** Names a currency. */
  CURRENCY,
  /** Names a hundredth of a currency. */
  MINOR_UNIT,
  /** Multiplies by 1,000. */
  THOUSAND,
  /** Multiplies by 1,000,000. */
  MILLION,
  /** Says that the number is a percentage. */
  PERCENT,
  /** The number is taken off, or given back. */
  TAKEN_OFF,
  /** The number is what is to be paid. */
  PRICE,
  /** The number is the price that no longer holds. */
  FORMER_PRICE,
  /** The number is what must be spent. */
  MINIMUM_SPEND,
  /** The percentage is a part of something else than the price. */
  SHARE,
  /** The number counts things, time, weight or the like. */
  UNIT,
  /** The number is an age. */
  AGE,
  /** The number is part of a date. */
  DATE,
  /** The number is a telephone number. */
  PHONE,
  /** The number is a code, an address or part of a name. */
  NAME,
  /** Is paid on top of a price, so that a plus sign before it is no "and more". */
  ON_TOP,
  /** Stands between how many and for how much, as in "2 for 5". */
  FOR,
  /** Stands between the two ends of a range. */
  RANGE,
  /** May stand between a word and its number. */
  FILLER,
  /** Is a number in words. */
  NUMBER,
  /** Something is at no charge. */
  FREE,
  /** A present: at no charge, where nothing in the text has a price. */
  GIFT,
  /** Has a word of {@link #FREE} or {@link #GIFT} in it, and is not the offer. */
  NOT_FREE,
  /** Half the price. */
  HALF,
  /** One more of the same at no charge. */
  ONE_PLUS_ONE,
  /** The same, unless a price or percentage of the second follows. */
  ONE_MORE,
  /** Looks like one plus one, and is not. */
  NOT_ONE_PLUS_ONE;

  private static final Set<Meaning> ALONE =
      EnumSet.of(FREE, GIFT, NOT_FREE, HALF, ONE_PLUS_ONE, ONE_MORE, NOT_ONE_PLUS_ONE);

  /** The name in lexicon files, e.g. {@code former_price}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Meaning> of(String word) {
    return Arrays.stream(values()).filter(meaning -> meaning.word().equals(word)).findFirst();
  }

  /** Whether it is an offer, or none, without a number beside it. */
  public boolean standsAlone() {
    return ALONE.contains(this);
  }

  /** Whether it says that what looks like an offer is none. */
  public boolean hides() {
    return this == NOT_FREE || this == NOT_ONE_PLUS_ONE;
  }

  /** Whether it follows its number if the entry does not say. */
  boolean followsItsNumber() {
    return this == MINOR_UNIT
        || this == THOUSAND
        || this == MILLION
        || this == PERCENT
        || this == UNIT;
  }

  /** Whether letters such as the Hebrew ב may be written onto it; not onto short names of money. */
  boolean takesPrefix() {
    return this != CURRENCY && this != THOUSAND && this != MILLION && this != PERCENT;
  }
}
