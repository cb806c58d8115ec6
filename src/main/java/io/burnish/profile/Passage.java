package io.burnish.profile;

/**
 * A piece of a record's text.
 *
 * @param field the name of the field it is the value of
 * @param kind how far a number in it may be trusted to be a price
 * @param text as the owner wrote it; the JSON text of a value that is no text
 * @param start where the text begins in the field's own text, in UTF-16 units
 * @param context words that belong before the text and are not part of it, such as those of a key
 */
public record Passage(String field, Kind kind, String text, int start, String context) {

  /** A passage that is a whole field. */
  public Passage(String field, Kind kind, String text) {
    this(field, kind, text, 0, "");
  }

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

  public boolean isPriceField() {
    return kind == Kind.PRICE || kind == Kind.PERCENTAGE;
  }

  public boolean isOffer() {
    return kind != Kind.PROSE;
  }
}
