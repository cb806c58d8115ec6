package io.burnish.amount;

/**
 * A phrase of the lexicon, found in a text.
 *
 * @param first its first token
 * @param last its last token
 */
record Mark(Phrase phrase, int first, int last) {

  Meaning meaning() {
    return phrase.meaning();
  }

  boolean has(Meaning meaning) {
    return phrase.meaning() == meaning;
  }

  /** Whether the other is part of it; what is none of an offer hides what looks like one. */
  boolean covers(Mark other) {
    boolean longer = last - first > other.last - other.first;
    return first <= other.first
        && other.last <= last
        && (longer || (meaning().hides() && !other.meaning().hides()));
  }
}
