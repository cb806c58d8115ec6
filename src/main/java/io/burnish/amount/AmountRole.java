package io.burnish.amount;

/** What an amount is for. */
public enum AmountRole {
  /** It can be the offer: a price to pay, a percentage, something free. */
  OFFERED,
  /** It is taken off, or given back. */
  TAKEN_OFF,
  /** The price that no longer holds, as in "instead of 200" or struck through. */
  FORMER_PRICE,
  /** What must be spent to get the offer, as in "over 300". */
  MINIMUM_SPEND,
  /** A part of something else than the price, such as fat, cotton or tax. */
  SHARE,
  /** A count, unit, date, time, telephone number, age, code or name. */
  NOT_AN_OFFER
}
