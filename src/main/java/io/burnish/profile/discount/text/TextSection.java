package io.burnish.profile.discount.text;

/**
 * A part of a record's text: a field, or a value in its list or object.
 *
 * @param field name of the field
 * @param kind which numbers in it can be a price
 * @param text the original text; JSON if the value is not a text
 * @param start offset of the text in the field, in UTF-16 units
 * @param context words that are read before the text and are no part of it, such as a key; empty if
 *     there are none
 */
public record TextSection(String field, Kind kind, String text, int start, String context) {

  /** A section that is a whole field. */
  public TextSection(String field, Kind kind, String text) {
    this(field, kind, text, 0, "");
  }

  /** Which numbers can be a price. */
  public enum Kind {
    /** The price field: a number needs no sign or word beside it. */
    PRICE,
    /** The price field of a record with the discount type percentage. */
    PERCENTAGE,
    /** The title: a number needs a sign or a word beside it. */
    TITLE,
    /** Description and terms: as the title, and a free item may be a minor point. */
    PROSE
  }

  /** Whether it is the price field. */
  boolean isPriceField() {
    return kind == Kind.PRICE || kind == Kind.PERCENTAGE;
  }

  /** Whether it is the price field or the title. */
  boolean isOffer() {
    return kind != Kind.PROSE;
  }
}
