package io.burnish.validation;

/** What a number in a text is the number of. */
enum NumberUse {
  /** It has a percent sign or word. */
  PERCENTAGE,
  /** It has a currency, or words that only a price has. */
  MONEY,
  /** It is said to be taken off, but not whether per cent or money. */
  OFF,
  /** Nothing beside it says what it is. */
  BARE,
  /** The price that no longer holds, as in "instead of 200". */
  FORMER_PRICE,
  /** What must be spent to get the offer, as in "over 300". */
  THRESHOLD,
  /** A quantity, date, time, telephone number, model name or the like. */
  OTHER
}
