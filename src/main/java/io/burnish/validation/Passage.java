package io.burnish.validation;

/**
 * A piece of a record's text.
 *
 * @param field name of the record's field
 * @param kind how far a number in it may be trusted to be a price
 * @param text as the owner wrote it
 */
public record Passage(String field, Kind kind, String text) {

  /** How far a number may be trusted to be a price. */
  public enum Kind {
    /** The price field: a number in it is a price even with nothing beside it. */
    PRICE,
    /** The price field of a record whose owner says that it is a percentage. */
    PERCENTAGE,
    /** The headline of the offer: numbers need a sign or a word beside them. */
    TITLE,
    /** Description and terms: as the headline, and what is free there may be a side matter. */
    PROSE
  }

  boolean isPriceField() {
    return kind == Kind.PRICE || kind == Kind.PERCENTAGE;
  }

  boolean isOffer() {
    return kind != Kind.PROSE;
  }
}
